package dev.sessiontoken.testkit;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sessiontoken.discovery.ProviderIndex;
import dev.sessiontoken.discovery.SessionTokenProviders;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/**
 * The contract of {@link SessionTokenProvider} as tests. Inherit it beside your own tests, and
 * implement how an instance is made and the situations in which a provider can be; JUnit finds the
 * inherited tests.
 *
 * <p>The contexts of the situations are used side by side, by several threads and more than once,
 * with deadlines that the tests set: a use of one must not change another. Virtual threads that a
 * provider leaves behind are not found, as the JDK does not list them.
 */
@SuppressWarnings("exports") // JUnit and AssertJ: who inherits it has them
@Timeout(60)
public abstract class ProviderContractTest {
  private static final Duration AMPLE = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LATE = Duration.ofSeconds(5); // past a short deadline: a fault
  private static final int THREADS = 8;

  /** Called by the tests of a provider. */
  protected ProviderContractTest() {}

  /** Returns a new instance, made by the constructor that {@link java.util.ServiceLoader} calls. */
  protected abstract SessionTokenProvider provider();

  /** Returns a context in which the provider obtains a token. */
  protected abstract ProviderContext works();

  /**
   * Returns a situation in which the machine, the file or an option is missing, so that the
   * provider must throw {@code NotConfigured}.
   */
  protected abstract Situation notConfigured();

  /** Returns a situation in which the service refuses, so that it must throw {@code Rejected}. */
  protected abstract Situation refused();

  /** Returns a situation in which the service accepts the connection and never answers. */
  protected abstract Situation silent();

  /**
   * Returns further secrets that no message may contain. Values of secret options, the token, and
   * evidence passed to {@link ProviderContext#exchange} are checked anyway. The default is none.
   */
  protected Set<String> secrets() {
    return Set.of();
  }

  /** A name that {@code --auth} can take, always the same. */
  @Test
  public void hasAName() {
    var provider = provider();
    assertThat(provider.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(provider.name()).isEqualTo(provider.name()).isEqualTo(provider().name());
  }

  /** Options that flags, variables and help can show, always the same. */
  @Test
  public void hasSoundOptions() {
    var options = provider().options();
    assertThat(options).isEqualTo(provider().options()).allSatisfy(this::isSound);
    assertThat(options).extracting(ProviderOption::name).doesNotHaveDuplicates();
    assertThat(options).extracting(ProviderOption::variable).doesNotHaveDuplicates();
  }

  private void isSound(ProviderOption option) {
    assertThat(option.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
    assertThat(option.variable()).matches("[A-Z_][A-Z0-9_]*");
    assertThat(option.description()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
    assertThat(option.secret() && option.defaultValue().isPresent())
        .as("%s is a secret with a default, which everybody knows", option.name())
        .isFalse();
  }

  /**
   * Its module provides it, or {@code META-INF/services} names it. Writes the index of its jar
   * beside its classes: see {@link ProviderIndex}.
   */
  @Test
  public void isInstalledAsAService() throws IOException {
    assertThat(SessionTokenProviders.all())
        .extracting(each -> each.getClass().getName())
        .contains(provider().getClass().getName());
    ProviderIndex.writeBeside(provider().getClass());
  }

  /** A token, and not one that has expired. */
  @Test
  public void obtainsAToken() throws Exception {
    var token = obtain(provider(), works(), AMPLE);
    assertThat(token).isNotNull();
    assertThat(token.expiry().orElse(Instant.MAX)).as("expiry").isAfter(Instant.now());
  }

  /** The kind of failure that becomes exit code 3. */
  @Test
  public void saysThatItIsNotConfigured() {
    var failure = failure(place(notConfigured()), AMPLE);
    assertThat(failure).isInstanceOf(NotConfigured.class);
    assertThat(((NotConfigured) failure).hint()).as("hint").isNotBlank();
  }

  /** The kind of failure that becomes exit code 4. */
  @Test
  public void saysThatItWasRefused() {
    assertThat(failure(place(refused()), AMPLE)).isInstanceOf(Rejected.class);
  }

  /** The kind of failure that becomes exit code 6. */
  @Test
  public void saysThatNobodyAnswers() {
    assertThat(failure(place(silent()), SHORT)).isInstanceOf(Unreachable.class);
  }

  /** It waits no longer than the context's deadline. */
  @Test
  public void endsAtTheDeadline() throws Exception {
    var place = place(silent());
    var call = onAThread(() -> failure(place, SHORT));
    assertThat(outcome(call)).as("what obtain throws at the deadline").isNotNull();
  }

  /** An interrupt ends it, and is neither wrapped nor left behind as well. */
  @Test
  public void endsWhenItIsInterrupted() throws Exception {
    var place = place(silent());
    var call = new FutureTask<>(() -> interruptible(place));
    var thread = Thread.ofPlatform().daemon().start(call);
    awaitRest(thread);
    thread.interrupt();
    assertThat(outcome(call)).isEqualTo("InterruptedException");
  }

  private String interruptible(ProviderContext place) {
    var failure = failure(place, AMPLE);
    String flag = Thread.interrupted() ? ", and the flag is still set" : "";
    return failure.getClass().getSimpleName() + flag;
  }

  /** An interrupt that came before the call ends it, or is still there afterwards. */
  @Test
  public void losesNoInterrupt() throws Exception {
    var place = works();
    var call = onAThread(() -> keepsInterrupt(place));
    assertThat(outcome(call)).as("whether the interrupt was kept").isTrue();
  }

  private boolean keepsInterrupt(ProviderContext place) {
    Thread.currentThread().interrupt();
    var failure = catchThrowable(() -> obtain(provider(), place, AMPLE));
    return failure instanceof InterruptedException || Thread.interrupted();
  }

  /** What happened in one call changes nothing in the next. */
  @Test
  public void remembersNothing() throws Exception {
    var provider = provider();
    var failing = failingPlace();
    obtain(provider, works(), AMPLE);
    assertThat(catchThrowable(() -> obtain(provider, failing, AMPLE)))
        .isInstanceOf(SessionTokenException.class);
    assertThat(obtain(provider, works(), AMPLE)).isNotNull();
  }

  /** One instance, many threads, each with a context of its own. */
  @Test
  public void servesManyThreads() throws Exception {
    var provider = provider();
    var failing = failingPlace();
    var working = works();
    var calls = new ArrayList<Callable<Boolean>>();
    for (int i = 0; i < THREADS; i++) {
      boolean works = i % 2 == 0;
      calls.add(() -> succeeds(provider, works ? working : failing) == works);
    }
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      for (var call : threads.invokeAll(calls, AMPLE.toSeconds(), TimeUnit.SECONDS)) {
        assertThat(call.get()).as("the outcome is that of the thread's own context").isTrue();
      }
    }
  }

  private static boolean succeeds(SessionTokenProvider provider, ProviderContext place)
      throws InterruptedException {
    try {
      return obtain(provider, place, AMPLE) != null;
    } catch (SessionTokenException e) {
      return false;
    }
  }

  /** Standard output is the command's answer; the other streams are not its own either. */
  @Test
  @ResourceLock(Resources.SYSTEM_OUT)
  @ResourceLock(Resources.SYSTEM_ERR)
  public void usesNoStandardStream() {
    var places = everyPlace();
    try (var streams = new WatchedStreams()) {
      var provider = provider();
      provider.name();
      provider.options();
      for (var place : places) attempt(provider, place);
      assertThat(streams.uses()).as("use of standard streams").isEmpty();
    }
  }

  /** The command ends when it has its answer. */
  @Test
  public void leavesNoThreadBehind() throws Exception {
    var places = everyPlace();
    var before = Thread.getAllStackTraces().keySet();
    for (var place : places) attempt(provider(), place);
    for (var thread : Thread.getAllStackTraces().keySet()) {
      if (before.contains(thread) || isOfTheJdk(thread)) continue;
      thread.join(late());
      assertThat(thread.isAlive()).as("%s stays", thread).isFalse();
    }
  }

  /** Carriers of virtual threads, reapers and the common pool are made once for all. */
  private static boolean isOfTheJdk(Thread thread) {
    return thread.getClass().getName().startsWith("jdk.internal.")
        || thread.getName().contains("commonPool");
  }

  /**
   * Neither messages, hints and causes nor steps nor lines for a person nor {@code toString} tell a
   * secret.
   */
  @Test
  public void tellsNoSecret() {
    var provider = provider();
    for (var place : everyPlace()) {
      var watched = new WatchedContext(place, SHORT);
      var secrets = secrets(provider, place);
      var said = new StringWriter();
      tell(provider, watched, secrets, new PrintWriter(said, true));
      secrets.addAll(watched.secrets());
      var told = secrets.stream().filter(secret -> said.toString().contains(secret));
      assertThat(told.count()).as("secrets that were told").isZero();
    }
  }

  private static void tell(
      SessionTokenProvider provider, WatchedContext place, Set<String> secrets, PrintWriter said) {
    try {
      var token = ProviderCalls.obtain(provider, place);
      if (token != null) secrets.add(token.value());
    } catch (SessionTokenException e) {
      said.println(e.hint());
      e.printStackTrace(said);
    } catch (InterruptedException | RuntimeException e) {
      e.printStackTrace(said);
    }
    place.steps().forEach(said::println);
    place.lines().forEach(said::println);
    said.println(provider);
  }

  private Set<String> secrets(SessionTokenProvider provider, ProviderContext place) {
    var secrets = new HashSet<>(secrets());
    for (var option : provider.options()) {
      if (option.secret()) place.option(option.name()).ifPresent(secrets::add);
    }
    secrets.remove(""); // is in everything
    return secrets;
  }

  /** A failure is one line, without a full stop, and a hint of one line. */
  @Test
  public void saysItInOneLine() {
    for (var place : everyPlace()) {
      if (catchThrowable(() -> obtain(provider(), place, SHORT))
          instanceof SessionTokenException e) {
        assertThat(e.getMessage()).isNotBlank().doesNotContain("\n").doesNotEndWith(".");
        assertThat(e.hint()).doesNotContain("\n").doesNotEndWith(".");
      }
    }
  }

  private List<ProviderContext> everyPlace() {
    var places = new ArrayList<ProviderContext>();
    places.add(works());
    for (var situation : List.of(notConfigured(), refused(), silent())) {
      if (situation instanceof Situation.Place(ProviderContext context)) places.add(context);
    }
    return places;
  }

  private ProviderContext failingPlace() {
    return place(refused() instanceof Situation.Place refusal ? refusal : notConfigured());
  }

  private static ProviderContext place(Situation situation) {
    return switch (situation) {
      case Situation.Place(ProviderContext context) -> context;
      case Situation.Missing(String reason) -> Assumptions.abort(reason);
    };
  }

  private static SessionToken obtain(
      SessionTokenProvider provider, ProviderContext place, Duration limit)
      throws SessionTokenException, InterruptedException {
    return ProviderCalls.obtain(provider, new WatchedContext(place, limit));
  }

  private static void attempt(SessionTokenProvider provider, ProviderContext place) {
    try {
      obtain(provider, place, SHORT);
    } catch (Throwable ignored) {
      return; // other tests look at the outcome
    }
  }

  private Throwable failure(ProviderContext place, Duration limit) {
    var failure = catchThrowable(() -> obtain(provider(), place, limit));
    return failure == null ? Assertions.fail("there is a token all the same") : failure;
  }

  /** How long past a deadline is a fault. */
  Duration late() {
    return LATE;
  }

  private static <T> FutureTask<T> onAThread(Callable<T> work) {
    var call = new FutureTask<>(work);
    Thread.ofPlatform().daemon().start(call);
    return call;
  }

  private <T> T outcome(FutureTask<T> call) throws InterruptedException, ExecutionException {
    try {
      return call.get(late().toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return Assertions.fail("obtain has not ended after " + late().toSeconds() + " s");
    }
  }

  /** Waits until the thread blocks, for a second at most: an interrupt may come at any time. */
  private static void awaitRest(Thread thread) throws InterruptedException {
    long start = System.nanoTime();
    while (isBusy(thread) && NANOSECONDS.toMillis(System.nanoTime() - start) < 1000) {
      thread.join(Duration.ofMillis(1));
    }
  }

  private static boolean isBusy(Thread thread) {
    var state = thread.getState();
    return state == Thread.State.NEW || state == Thread.State.RUNNABLE;
  }
}
