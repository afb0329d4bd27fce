package dev.sessiontoken.http;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/**
 * Asks the metadata service of the cloud machine that this program runs on.
 *
 * <p>It is reached directly and in the clear: no proxy, no redirect, HTTP/1.1, no TLS, none of the
 * headers and tokens that are for the deployment. A try may take a second to connect and two to
 * answer; failures that {@link Cloud} names are tried again within the context's deadline; bodies
 * end at 64 KiB. Calls block. For one thread; {@link #close} it.
 */
public final class MetadataService implements AutoCloseable {
  /** EC2 user guide, "Configure the Instance Metadata Service options". */
  private static final String HOP_LIMIT =
      " In a container, the answer gets lost unless the machine's HttpPutResponseHopLimit is 2 or"
          + " more, or the container uses the host's network";

  private static final int MAX_BODY = 64 * 1024;
  private static final Duration CONNECT = Duration.ofSeconds(1);
  private static final Duration TRY = Duration.ofSeconds(2);

  private final Cloud cloud;
  private final String base;
  private final ProviderContext context;
  private final Sender sender;
  private final Pause pause;

  /**
   * The metadata service of a cloud.
   *
   * @param cloud whose
   * @param endpoint its URL; {@link Cloud#endpoint} unless the user says otherwise
   * @param variable who says otherwise, for the message
   * @param context gives the deadline and is told each step
   * @throws NotConfigured if the endpoint is no {@code http} URL of a host
   */
  public MetadataService(Cloud cloud, String endpoint, String variable, ProviderContext context)
      throws NotConfigured {
    this(cloud, endpoint, variable, context, Thread::sleep);
  }

  MetadataService(
      Cloud cloud, String endpoint, String variable, ProviderContext context, Pause pause)
      throws NotConfigured {
    this.cloud = cloud;
    this.base = base(endpoint, variable);
    this.context = context;
    this.pause = pause;
    var progress = new Progress(Trace.none());
    var http =
        Connection.plain(progress)
            .proxy(HttpClient.Builder.NO_PROXY)
            .connectTimeout(CONNECT)
            .build();
    var peer = Peer.of(URI.create(base));
    this.sender = new Sender(http, peer, progress, MAX_BODY, context::step);
  }

  private static String base(String endpoint, String variable) throws NotConfigured {
    try {
      var uri = new URI(endpoint);
      boolean usable =
          "http".equalsIgnoreCase(uri.getScheme())
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawQuery() == null
              && uri.getRawFragment() == null;
      if (usable)
        return endpoint.endsWith("/") ? endpoint.substring(0, endpoint.length() - 1) : endpoint;
    } catch (URISyntaxException e) {
      // said below: the exception repeats the text
    }
    throw new NotConfigured(
        "find the metadata service",
        variable + " is no http URL of a host",
        "unset it, or set it to a URL such as http://169.254.169.254",
        null);
  }

  /**
   * {@code GET}s what the service has at a path.
   *
   * @param path with its query, beginning with a slash
   * @param headers what the service insists on
   * @return the answer, which has status 200 and is no page for people
   * @throws SessionTokenException if there was none
   * @throws InterruptedException if the calling thread was interrupted
   */
  public Answer get(String path, Map<String, String> headers)
      throws SessionTokenException, InterruptedException {
    return ask("GET", path, headers);
  }

  /**
   * {@code PUT}s nothing to a path, as EC2 wants it for a session of its metadata service.
   *
   * @throws SessionTokenException as {@link #get}
   * @throws InterruptedException as {@link #get}
   */
  public Answer put(String path, Map<String, String> headers)
      throws SessionTokenException, InterruptedException {
    return ask("PUT", path, headers);
  }

  private Answer ask(String method, String path, Map<String, String> headers)
      throws SessionTokenException, InterruptedException {
    int query = path.indexOf('?');
    String step = method + " " + base + (query < 0 ? path : path.substring(0, query));
    var request = HttpRequest.newBuilder(uri(path)).header("User-Agent", "sessiontoken");
    if (method.equals("PUT")) request.PUT(BodyPublishers.noBody());
    headers.forEach(request::header);
    var secrets = List.copyOf(headers.values());
    for (int tries = 1; ; tries++) {
      var answer = attempt(step, request.build(), secrets, tries);
      if (answer.isPresent() && answer.get().status() == 200) return checked(answer.get());
      boolean isFinal =
          answer.isPresent()
              && (tries >= cloud.tries() || !cloud.isWorthAnotherTry(answer.get().status()));
      if (isFinal) throw refused(answer.get(), tries);
      String last = answer.map(each -> "HTTP " + each.status()).orElse("no answer");
      rest(cloud.pauseAfter(tries), step, last + after(tries));
    }
  }

  /** One try; empty if nobody answered and another try is due. */
  private Optional<Answer> attempt(
      String step, HttpRequest request, List<String> secrets, int tries)
      throws SessionTokenException, InterruptedException {
    context.step(step + (tries > 1 ? ", try " + tries : ""));
    try {
      return Optional.of(sender.send(step, request, secrets, context.deadline().orIn(TRY)));
    } catch (Unreachable e) {
      boolean isFinal = tries >= cloud.tries() || context.deadline().isOver();
      if (isFinal) throw silent(step, request.method(), e, tries);
      return Optional.empty();
    }
  }

  private URI uri(String path) throws BadAnswer {
    try {
      return URI.create(base + path);
    } catch (IllegalArgumentException e) {
      throw new BadAnswer("ask the metadata service", "no URL", "", null);
    }
  }

  /** Pauses, but not beyond the deadline. */
  private void rest(Duration duration, String step, String last)
      throws Unreachable, InterruptedException {
    Deadline deadline = context.deadline();
    if (duration.compareTo(deadline.remaining()) >= 0) {
      throw new Unreachable(
          step,
          "the metadata service gave " + last + ", and the time limit leaves no other try",
          "is this " + cloud.machine() + "? --timeout allows more time",
          null);
    }
    pause.sleep(duration);
  }

  private static Answer checked(Answer answer) throws BadAnswer {
    if (answer.text().isBlank()) throw bad(answer, "an empty body");
    if (answer.text().stripLeading().startsWith("<")) throw bad(answer, "an HTML page");
    return answer;
  }

  /**
   * What to throw for an answer that is not in the form that the service's documentation gives.
   *
   * @param wanted what it should have been, such as {@code a JSON document}
   */
  public static BadAnswer notA(String wanted, Answer answer) {
    return bad(answer, "something that is not " + wanted);
  }

  private static BadAnswer bad(Answer answer, String what) {
    return new BadAnswer(
        answer.step(),
        "HTTP 200 with " + what,
        "something else answers at the address of the metadata service: a login page, a proxy?",
        null);
  }

  private SessionTokenException refused(Answer answer, int tries) {
    if (answer.status() / 100 == 3) {
      return new BadAnswer(
          answer.step(),
          "HTTP " + answer.status() + ", a redirect, which is not followed",
          "something else answers at the address of the metadata service: a login page, a proxy?",
          null);
    }
    return new Unreachable(
        answer.step(),
        "the metadata service answered HTTP " + answer.status() + after(tries),
        answer.status() == 401 || answer.status() == 403
            ? "is it switched on, and may this container reach it?"
            : "is this " + cloud.machine() + "?",
        null);
  }

  private Unreachable silent(String step, String method, Unreachable problem, int tries) {
    String said = String.valueOf(problem.getMessage()).substring(step.length() + 2);
    boolean isLost = method.equals("PUT") && problem.getCause() instanceof TimeoutException;
    String hint = "is this " + cloud.machine() + "?" + (isLost ? HOP_LIMIT : "");
    return new Unreachable(step, said + after(tries), hint, problem);
  }

  private static String after(int tries) {
    return tries == 1 ? "" : " (" + count(tries) + ")";
  }

  private static String count(int tries) {
    return tries == 1 ? "1 try" : tries + " tries";
  }

  @Override
  public void close() {
    sender.close();
  }
}
