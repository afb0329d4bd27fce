package dev.sessiontoken.spi;

import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The answer of a provider's own service: status, headers and the whole body. Immutable. No method
 * blocks.
 */
public final class ServiceAnswer {
  private static final int MAX_READ = 4096;
  private static final int MAX_SHOWN = 200;
  private static final String CHECK_URL =
      "does the URL lead to the service itself, past any login page or proxy?";

  private final String step;
  private final int status;
  private final Map<String, List<String>> headers;
  private final byte[] body;
  private final Secrets secrets;
  private final String note;

  /**
   * An answer, for implementations of {@link ServiceHttp}.
   *
   * @param step what messages call the request, as {@link ServiceRequest#step} returns it
   * @param headers values by name
   * @param body the whole body, copied
   * @param secrets what the message of a refusal hides, as a service may send back what it was sent
   * @param note what the message of a refusal ends with, such as the number of tries; may be empty
   */
  public ServiceAnswer(
      String step,
      int status,
      Map<String, List<String>> headers,
      byte[] body,
      Secrets secrets,
      String note) {
    this.step = step;
    this.status = status;
    this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    this.headers.putAll(headers);
    this.body = body.clone();
    this.secrets = secrets;
    this.note = note;
  }

  /** Returns what messages call the request: method and URL without parameters; never null. */
  public String step() {
    return step;
  }

  /** Returns the status code. */
  public int status() {
    return status;
  }

  /** Returns the first value of a header, whose name may be in any case. */
  public Optional<String> header(String name) {
    return headers.getOrDefault(name, List.of()).stream().findFirst();
  }

  /** Returns a copy of the body; empty if the answer has none. */
  public byte[] bytes() {
    return body.clone();
  }

  /**
   * Returns the body as text in the {@code charset} of its {@code Content-Type}: UTF-8 if there is
   * none that this JDK knows. Bytes that are no text in it become replacement characters. Never
   * null.
   */
  public String text() {
    return new String(body, charset());
  }

  private Charset charset() {
    for (String parameter : header("Content-Type").orElse("").split(";", -1)) {
      String folded = parameter.strip().toLowerCase(Locale.ROOT);
      if (!folded.startsWith("charset=")) continue;
      try {
        return Charset.forName(folded.substring("charset=".length()).replace("\"", ""));
      } catch (IllegalArgumentException e) {
        return StandardCharsets.UTF_8; // no name of a charset, or an unknown one
      }
    }
    return StandardCharsets.UTF_8;
  }

  /** Returns whether the status is one of success: 200 to 299. */
  public boolean isSuccess() {
    return status / 100 == 2;
  }

  /**
   * Returns this answer if its status is one of success.
   *
   * @param hint what the user can check if the service refuses, as one clause, such as {@code check
   *     role, secret and policy}
   * @throws SessionTokenException as {@link #failure} returns it
   */
  public ServiceAnswer requireSuccess(String hint) throws SessionTokenException {
    if (isSuccess()) return this;
    throw failure(hint);
  }

  /**
   * Returns the exception for an answer that the provider does not accept. Its message has the
   * status and, if that is not one of success, the beginning of the body.
   *
   * <ul>
   *   <li>{@code Unreachable} for 408, 425, 429 and from 500 on;
   *   <li>{@code BadAnswer} for redirects, HTML pages, 404, 405 and 410 (the URL does not lead to
   *       the service), and for statuses of success;
   *   <li>{@code Rejected} for other statuses from 400 on.
   * </ul>
   *
   * @param hint what the user can check if the exception is {@code Rejected}
   */
  public SessionTokenException failure(String hint) {
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return new Unreachable(step, problem(), "is the service up? try again later", null);
    }
    boolean isElsewhere = status == 404 || status == 405 || status == 410;
    boolean isRefusal = status >= 400 && !isElsewhere && !isHtml();
    return isRefusal
        ? new Rejected(step, problem(), hint, null)
        : new BadAnswer(step, problem(), isSuccess() ? hint : CHECK_URL, null);
  }

  private String problem() {
    return "HTTP " + status + words() + note;
  }

  /** A body of success may be a secret, and is not shown. */
  private String words() {
    if (isSuccess()) return ", which is not what was expected";
    if (status / 100 == 3) return ", a redirect" + target() + ", which is not followed";
    if (isHtml()) return ": an HTML page";
    String text = text();
    String start = secrets.hide(text.substring(0, Math.min(text.length(), MAX_READ)));
    String shown = Printable.of(start, MAX_SHOWN);
    if (shown.isEmpty()) return "";
    return ": " + (shown.endsWith(".") ? shown.substring(0, shown.length() - 1) : shown);
  }

  private String target() {
    try {
      var uri = URI.create(header("Location").orElse(""));
      if (uri.getHost() == null) return "";
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      String host = uri.getScheme() + "://" + uri.getHost() + port;
      return " to " + Printable.of(secrets.hide(host), MAX_SHOWN);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private boolean isHtml() {
    String type = header("Content-Type").orElse("").strip().toLowerCase(Locale.ROOT);
    if (type.startsWith("application/json") || type.startsWith("application/problem+json")) {
      return false;
    }
    return type.startsWith("text/html") || text().stripLeading().startsWith("<");
  }

  /**
   * Returns the token that is the whole body, without white space around it.
   *
   * @throws BadAnswer if the body is no token; the message does not quote the body
   */
  public SessionToken token() throws BadAnswer {
    return token(text().strip());
  }

  /**
   * Returns a token that a provider has read from the body.
   *
   * @param value a text from the body
   * @throws BadAnswer if it is no token; the message does not quote it
   */
  public SessionToken token(String value) throws BadAnswer {
    if (SessionToken.isSane(value)) return SessionToken.of(value);
    String what = value.isEmpty() ? "empty" : "no token: it holds blanks or other characters";
    throw new BadAnswer(
        step, "the token in the answer is " + what, "look at what the service holds", null);
  }

  /** Returns step and status; leaves headers and body out. */
  @Override
  public String toString() {
    return "ServiceAnswer[" + step + ", status=" + status + "]";
  }
}
