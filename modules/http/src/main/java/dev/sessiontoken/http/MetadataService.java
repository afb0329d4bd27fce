package dev.sessiontoken.http;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Asks the metadata service of the cloud machine that this program runs on.
 *
 * <p>Requests go directly to the service: by HTTP/1.1, without TLS, without a proxy, without the
 * headers and tokens that are for the deployment. Redirects are not followed. A try may take one
 * second to connect and two in all; a request is repeated as {@link Cloud#retryPolicy} says, within
 * the context's deadline, and for ten seconds at most after failures that are not known to pass.
 * Bodies of more than 64 KiB are refused. Calls block. For one thread; to be closed.
 */
public final class MetadataService implements AutoCloseable {
  /** From the EC2 user guide, "Configure the Instance Metadata Service options". */
  private static final String HOP_LIMIT =
      " In a container, the answer gets lost unless the machine's HttpPutResponseHopLimit is 2 or"
          + " more, or the container uses the host's network";

  private static final int MAX_BODY = 64 * 1024;
  private static final Transport.Offer OFFER =
      new Transport.Offer(Duration.ofSeconds(1), false, false);

  private final Cloud cloud;
  private final String base;
  private final ProviderContext context;
  private final Transport transport;
  private final Pause pause;

  /**
   * The metadata service of a cloud, not connected yet.
   *
   * @param cloud whose metadata service
   * @param endpoint URL of the service; {@link Cloud#endpoint} unless the user sets another
   * @param variable name of the setting by which the user sets another, for the message
   * @param context gives the deadline and learns of each step
   * @throws NotConfigured if the endpoint is not an {@code http} URL of a host
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
    var route = Route.direct(URI.create(base));
    this.transport = new Transport(route, route.peer(), OFFER, MAX_BODY, context::step);
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
      // refused below: the message of this exception quotes the URL
    }
    throw new NotConfigured(
        "find the metadata service",
        variable + " is no http URL of a host",
        "unset it, or set it to a URL such as http://169.254.169.254",
        null);
  }

  /**
   * Sends a {@code GET} request. Blocks.
   *
   * @param path path and query, beginning with a slash
   * @param headers headers that the service requires; their values are hidden in messages
   * @return the answer, which has status 200 and a body that is neither blank nor an HTML page
   * @throws SessionTokenException if there is no such answer
   * @throws InterruptedException if the calling thread was interrupted
   */
  public Answer get(String path, Map<String, String> headers)
      throws SessionTokenException, InterruptedException {
    return ask("GET", path, headers);
  }

  /**
   * Sends a {@code PUT} request without a body, as EC2 requires it for a session token of its
   * metadata service (IMDSv2). Blocks.
   *
   * @param path path and query, beginning with a slash
   * @param headers headers that the service requires; their values are hidden in messages
   * @return the answer, as {@link #get} returns it
   * @throws SessionTokenException if there is no such answer
   * @throws InterruptedException if the calling thread was interrupted
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
    return ask(step, request.build(), List.copyOf(headers.values()));
  }

  private Answer ask(String step, HttpRequest request, List<String> secrets)
      throws SessionTokenException, InterruptedException {
    var retries =
        new Retries(
            cloud.retryPolicy(), context.deadline(), InstantSource.system(), pause, context::step);
    var answer = lastAnswer(step, request, secrets, retries);
    if (answer.status() == 200) return checked(answer);
    if (retries.isOutOfTime()) throw outOfTime(step, "HTTP " + answer.status(), retries);
    throw refused(answer, retries);
  }

  private Answer lastAnswer(String step, HttpRequest request, List<String> secrets, Retries retries)
      throws SessionTokenException, InterruptedException {
    try {
      return retries.send(() -> attempt(step, request, secrets, retries));
    } catch (Unreachable e) {
      boolean isTimeLeft = !context.deadline().isOver();
      if (retries.isOutOfTime() && isTimeLeft) throw outOfTime(step, "no answer", retries);
      throw silent(request.method(), e, retries);
    }
  }

  private Answer attempt(String step, HttpRequest request, List<String> secrets, Retries retries)
      throws SessionTokenException, InterruptedException {
    int tries = retries.tries();
    context.step(step + (tries > 1 ? ", try " + tries : ""));
    var deadline = retries.tryDeadline();
    return transport.send(step, request, secrets, deadline, deadline);
  }

  private URI uri(String path) throws BadAnswer {
    try {
      return URI.create(base + path);
    } catch (IllegalArgumentException e) {
      throw new BadAnswer("ask the metadata service", "no URL", "", null);
    }
  }

  private Unreachable outOfTime(String step, String last, Retries retries) {
    return new Unreachable(
        step,
        "the metadata service gave "
            + last
            + after(retries.tries())
            + ", and the time limit leaves no other try",
        "is this " + cloud.machine() + "? " + Remedy.MORE_TIME,
        null);
  }

  private static Answer checked(Answer answer) throws BadAnswer {
    if (answer.text().isBlank()) throw bad(answer, "an empty body");
    if (answer.text().stripLeading().startsWith("<")) throw bad(answer, "an HTML page");
    return answer;
  }

  /**
   * Returns what to throw for an answer that does not have the documented form.
   *
   * @param wanted the documented form, such as {@code a JSON document}
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

  private SessionTokenException refused(Answer answer, Retries retries) {
    if (answer.status() / 100 == 3) {
      return new BadAnswer(
          answer.step(),
          "HTTP " + answer.status() + ", a redirect, which is not followed",
          "something else answers at the address of the metadata service: a login page, a proxy?",
          null);
    }
    return new Unreachable(
        answer.step(),
        "the metadata service answered HTTP " + answer.status() + after(retries.tries()),
        hint(answer.status()),
        null);
  }

  private String hint(int status) {
    if (status == 401 || status == 403)
      return "is it switched on, and may this container reach it?";
    if (status == 429) return "it limits how often it is asked: try again later";
    if (status >= 500) return "it fails at present: try again later";
    return "is this " + cloud.machine() + "?";
  }

  private Unreachable silent(String method, Unreachable failure, Retries retries) {
    boolean isLost = method.equals("PUT") && failure.getCause() instanceof TimeoutException;
    String hint = "is this " + cloud.machine() + "?" + (isLost ? HOP_LIMIT : "");
    return new Unreachable(
        failure.step(), failure.problem() + after(retries.tries()), hint, failure);
  }

  private static String after(int tries) {
    return tries == 1 ? "" : " (" + tries + " tries)";
  }

  /** Abandons a request under way. Blocks for a second at most. */
  @Override
  public void close() {
    transport.close();
  }
}
