package dev.sessiontoken.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderChainTest {
  private final List<String> calls = new ArrayList<>();
  private final ProviderContext context = new PlainContext(Deadline.in(Duration.ofSeconds(10)));

  /** A provider that notes that it is called and then runs the act of the test. */
  private record Link(
      String name,
      List<String> calls,
      List<ProviderOption> options,
      Optional<String> lack,
      boolean renews,
      ScriptedProvider.Act act)
      implements SessionTokenProvider {

    @Override
    public Optional<String> lacks(ProviderContext context) {
      return lack;
    }

    @Override
    public SessionToken obtain(ProviderContext context)
        throws SessionTokenException, InterruptedException {
      calls.add(name);
      return act.obtain(context);
    }
  }

  private Link link(String name, ScriptedProvider.Act act) {
    return new Link(name, calls, List.of(), Optional.empty(), false, act);
  }

  private Link missing(String name) {
    return link(
        name,
        _ -> {
          throw new NotConfigured("look for " + name, "none is there", "set it", null);
        });
  }

  private Link working(String name) {
    return link(name, _ -> SessionToken.of(name));
  }

  private SessionToken obtain(SessionTokenProvider... links) throws Exception {
    return ProviderChain.of(List.of(links)).obtain(context);
  }

  @Test
  void takesTheFirstThatIsConfigured() throws Exception {
    assertThat(obtain(missing("a"), working("b"), working("c"))).isEqualTo(SessionToken.of("b"));
    assertThat(calls).containsExactly("a", "b");
  }

  @Test
  void saysOfEachWhatItLacksIfNoneIsConfigured() {
    var elsewhere =
        new Link("b", calls, List.of(), Optional.of("no cloud"), false, _ -> SessionToken.of("b"));
    assertThatThrownBy(() -> obtain(missing("a"), elsewhere))
        .isInstanceOf(NotConfigured.class)
        .hasMessage(
            "find a provider that is configured: none is: a (look for a: none is there),"
                + " b (no cloud)");
    assertThat(calls).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(classes = {Rejected.class, Unreachable.class, BadAnswer.class})
  void endsWithEveryOtherFailure(Class<? extends SessionTokenException> kind) {
    var failing = link("b", _ -> throwing(kind));
    assertThatThrownBy(() -> obtain(failing, working("c")))
        .isInstanceOf(kind)
        .hasMessage("ask b: it fails");
    assertThatThrownBy(() -> obtain(missing("a"), failing, working("c")))
        .isInstanceOf(kind)
        .hasMessage("ask b: it fails (not configured: a)");
    assertThat(calls).containsExactly("b", "a", "b");
  }

  private static SessionToken throwing(Class<? extends SessionTokenException> kind)
      throws SessionTokenException {
    if (kind == Rejected.class) throw new Rejected("ask b", "it fails", "", null);
    if (kind == Unreachable.class) throw new Unreachable("ask b", "it fails", "", null);
    throw new BadAnswer("ask b", "it fails", "", null);
  }

  @Test
  void passesAnInterruptAndABugOn() {
    assertThatThrownBy(() -> obtain(link("a", _ -> interrupted()), working("b")))
        .isInstanceOf(InterruptedException.class);
    assertThatThrownBy(() -> obtain(link("a", _ -> bug()), working("b")))
        .isInstanceOf(IllegalStateException.class);
  }

  private static SessionToken interrupted() throws InterruptedException {
    throw new InterruptedException();
  }

  private static SessionToken bug() {
    throw new IllegalStateException();
  }

  private Link takingOption(String name, ProviderOption option) {
    return new Link(
        name,
        calls,
        List.of(option),
        Optional.empty(),
        false,
        context -> SessionToken.of(context.option(option.name()).orElse("none")));
  }

  @Test
  void givesEachBoundProviderItsOwnOptions() throws Exception {
    var option = ProviderOption.plain("endpoint", "A_ENDPOINT", "where").withDefault("standard");
    var a = missing("a");
    var b = takingOption("b", option);
    var bound = ProviderChain.bound(b, Map.of("endpoint", "of-b"));
    assertThat(obtain(ProviderChain.bound(a, Map.of("endpoint", "of-a")), bound).value())
        .isEqualTo("of-b");
    assertThat(obtain(ProviderChain.bound(b, Map.of())).value()).isEqualTo("standard");
    assertThat(ProviderChain.of(List.of(bound)).options()).isEmpty();
    assertThat(bound).asString().doesNotContain("of-b");
  }

  @Test
  void aDefaultIsThatOfOneProviderOnly() throws Exception {
    var option = ProviderOption.plain("endpoint", "A_ENDPOINT", "where");
    var a = takingOption("a", option);
    var b = takingOption("b", option.withDefault("of-b"));
    assertThat(obtain(a, b).value()).isEqualTo("none");
    assertThat(obtain(missing("c"), b, a).value()).isEqualTo("of-b");
    assertThat(ProviderChain.of(List.of(b, a)).options())
        .containsExactly(ProviderOption.plain("endpoint", "A_ENDPOINT", "where"));
  }

  @Test
  void passesOverAProviderWithoutAnOptionThatItRequires() throws Exception {
    var option = ProviderOption.secret("key", "A_KEY", "the key").asRequired();
    var a = takingOption("a", option);
    assertThat(obtain(ProviderChain.bound(a, Map.of("key", "")), working("b")).value())
        .isEqualTo("b");
    assertThat(obtain(a, working("b")).value()).isEqualTo("b");
    assertThat(ProviderChain.of(List.of(a)).options().getFirst().required()).isFalse();
    assertThatThrownBy(() -> obtain(a)).hasMessageContaining("it lacks key (A_KEY)");
  }

  @Test
  void asksAllAgainAfterARefusal() throws Exception {
    var token = link("b", _ -> SessionToken.of("b" + calls.size()));
    var renewing = new Link("c", calls, List.of(), Optional.empty(), true, token.act());
    var chain = ProviderChain.of(List.of(missing("a"), renewing));
    var source = new SessionTokenSource(chain, PlainContext::new, InstantSource.system());
    var first = source.get(Deadline.in(Duration.ofSeconds(10)));
    assertThat(source.get(Deadline.in(Duration.ofSeconds(10)))).isEqualTo(first);
    assertThat(source.invalidate(first)).isTrue();
    assertThat(source.get(Deadline.in(Duration.ofSeconds(10)))).isNotEqualTo(first);
    assertThat(calls).containsExactly("a", "c", "a", "c");
  }

  @Test
  void renewsIfOneOfThemDoes() {
    assertThat(ProviderChain.of(List.of(working("a"), working("b"))).renews()).isFalse();
    var renewing =
        new Link("c", calls, List.of(), Optional.empty(), true, _ -> SessionToken.of("c"));
    assertThat(ProviderChain.of(List.of(working("a"), renewing)).renews()).isTrue();
  }

  @Test
  void refusesAnEmptyListAndTheSameNameTwice() {
    assertThatThrownBy(() -> ProviderChain.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> ProviderChain.of(List.of(working("a"), working("a"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a");
    assertThat(ProviderChain.of(List.of(working("a"), working("b"))).name()).isEqualTo("a,b");
  }
}
