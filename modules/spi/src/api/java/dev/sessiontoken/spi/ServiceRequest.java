package dev.sessiontoken.spi;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A request to a provider's own service, for {@link ServiceHttp#send}.
 *
 * <p>Immutable: each {@code with} method returns another request. No method blocks.
 */
public final class ServiceRequest {
  private static final int LONGEST_SHOWN_URL = 200;
  private static final String CORRECT_IT = "correct the URL among the provider's options";

  /** Methods that a service may get twice without another effect (RFC 9110, section 9.2.2). */
  private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "PUT", "DELETE", "OPTIONS");

  /** Parts of names of headers, fields and parameters whose values are secrets. */
  private static final List<String> SECRET_NAMES =
      List.of(
          "auth",
          "token",
          "secret",
          "password",
          "key",
          "cookie",
          "code",
          "assertion",
          "credential",
          "signature",
          "jwt");

  /** Headers that belong to the connection, the message's framing or a proxy. */
  private static final Set<String> NOT_OURS =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "proxy-authorization",
          "transfer-encoding",
          "upgrade");

  private final String method;
  private final String url;
  private final Map<String, String> headers;
  private final byte @Nullable [] body;
  private final List<String> secrets;
  private final boolean isRepeatable;
  private final boolean showsClientCertificate;

  private ServiceRequest(
      String method,
      String url,
      Map<String, String> headers,
      byte @Nullable [] body,
      List<String> secrets,
      boolean isRepeatable,
      boolean showsClientCertificate) {
    this.method = method;
    this.url = url;
    this.headers = headers;
    this.body = body;
    this.secrets = secrets;
    this.isRepeatable = isRepeatable;
    this.showsClientCertificate = showsClientCertificate;
  }

  /**
   * Returns a request without headers and body. The URL is checked when the request is sent.
   *
   * @param method an HTTP method in upper case, such as {@code PUT}
   * @param url an {@code http} or {@code https} URL of a host, without a user name in it; a
   *     fragment is left out
   * @throws IllegalArgumentException if the method is not of upper case letters, or CONNECT
   */
  public static ServiceRequest of(String method, String url) {
    boolean isMethod = !method.isEmpty() && method.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    if (!isMethod || method.equals("CONNECT")) {
      throw new IllegalArgumentException("a method is a word of upper case letters");
    }
    boolean isRepeatable = IDEMPOTENT.contains(method);
    int end = url.indexOf('#');
    String sent = end < 0 ? url : url.substring(0, end);
    return new ServiceRequest(method, sent, Map.of(), null, List.of(), isRepeatable, false);
  }

  /** Returns a {@code GET} request, as {@link #of} does. */
  public static ServiceRequest get(String url) {
    return of("GET", url);
  }

  /**
   * Returns a {@code POST} request of a text in UTF-8, as {@link #of} does.
   *
   * @param contentType media type of the text, such as {@code text/plain}
   */
  public static ServiceRequest post(String url, String contentType, String body) {
    return of("POST", url).withBody(contentType, body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns a {@code POST} request of a JSON object whose members are texts, as {@link #of} does.
   * Values of members whose name tells of a secret are secrets: see {@link #secrets}.
   */
  public static ServiceRequest postJson(String url, Map<String, String> members) {
    var json = new StringJoiner(",", "{", "}");
    members.forEach((name, value) -> json.add(quoted(name) + ":" + quoted(value)));
    return post(url, "application/json", json.toString()).withSecretsOf(members);
  }

  /**
   * Returns a {@code POST} request of a form ({@code application/x-www-form-urlencoded}), as OAuth
   * 2.0 sends its requests, as {@link #of} does. Values of fields whose name tells of a secret are
   * secrets: see {@link #secrets}.
   */
  public static ServiceRequest postForm(String url, Map<String, String> fields) {
    var form = new StringJoiner("&");
    fields.forEach((name, value) -> form.add(encoded(name) + "=" + encoded(value)));
    return post(url, "application/x-www-form-urlencoded", form.toString()).withSecretsOf(fields);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String quoted(String text) {
    var json = new StringBuilder("\"");
    text.chars()
        .forEach(c -> {
          if (c == '"' || c == '\\') json.append('\\').append((char) c);
          else if (c < ' ' || Character.isSurrogate((char) c)) json.append(escaped(c));
          else json.append((char) c);
        });
    return json.append('"').toString();
  }

  private static String escaped(int c) {
    return String.format(Locale.ROOT, "\\u%04x", c);
  }

  /**
   * Returns this request with a body.
   *
   * @param contentType media type of the body
   * @param body bytes to send, copied
   */
  public ServiceRequest withBody(String contentType, byte[] body) {
    var more = with("Content-Type", contentType);
    return new ServiceRequest(
        method, url, more, body.clone(), secrets, isRepeatable, showsClientCertificate);
  }

  /**
   * Returns this request with a header, in place of another one of that name. Its value is a secret
   * if the name tells of one: see {@link #secrets}. The value is checked when the request is sent.
   *
   * @throws IllegalArgumentException if the name is not one of a header, or one that HTTP itself
   *     sets, such as {@code Host}
   */
  public ServiceRequest withHeader(String name, String value) {
    boolean isName = !name.isEmpty() && name.chars().allMatch(ServiceRequest::isOfName);
    if (!isName || NOT_OURS.contains(name.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException("no header of that name can be set");
    }
    return new ServiceRequest(
        method, url, with(name, value), body, secrets, isRepeatable, showsClientCertificate);
  }

  /** The characters of a token in RFC 9110, section 5.6.2. */
  private static boolean isOfName(int c) {
    return (Character.isLetterOrDigit(c) && c < 0x7f) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
  }

  private Map<String, String> with(String name, String value) {
    var more = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    more.putAll(headers);
    more.put(name, value);
    return Collections.unmodifiableMap(more);
  }

  /** Returns this request with the header {@code Authorization: Bearer …}, as RFC 6750 has it. */
  public ServiceRequest withBearer(String token) {
    return withHeader("Authorization", "Bearer " + token);
  }

  /** Returns this request with one more value that must not be shown. */
  public ServiceRequest withSecret(String value) {
    var more = new ArrayList<>(secrets);
    more.add(value);
    return new ServiceRequest(
        method, url, headers, body, List.copyOf(more), isRepeatable, showsClientCertificate);
  }

  private ServiceRequest withSecretsOf(Map<String, String> fields) {
    var more = this;
    for (var field : fields.entrySet()) {
      if (isSecretName(field.getKey())) more = more.withSecret(field.getValue());
    }
    return more;
  }

  /**
   * Returns this request as one that may be sent twice without another effect than if it is sent
   * once, so that it is repeated as a {@code GET} is.
   */
  public ServiceRequest asRepeatable() {
    return new ServiceRequest(method, url, headers, body, secrets, true, showsClientCertificate);
  }

  /**
   * Returns this request as one that shows the user's client certificate, which is meant for the
   * deployment, if the service asks for one. Without this, no certificate is shown.
   */
  public ServiceRequest withClientCertificate() {
    return new ServiceRequest(method, url, headers, body, secrets, isRepeatable, true);
  }

  /** Returns the HTTP method: never null or empty. */
  public String method() {
    return method;
  }

  /**
   * Returns the URL without a fragment and with letters beyond ASCII encoded; never null.
   *
   * @throws NotConfigured if it is no {@code http} or {@code https} URL of a host, or if it holds a
   *     user name or password
   */
  public URI uri() throws NotConfigured {
    try {
      var uri = new URI(url);
      boolean isHttp = "http".equalsIgnoreCase(uri.getScheme());
      boolean isUsable = isHttp || "https".equalsIgnoreCase(uri.getScheme());
      if (isUsable && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getPort() != 0) {
        return new URI(uri.toASCIIString());
      }
    } catch (URISyntaxException e) {
      // refused below: the message of this exception quotes the URL
    }
    throw new NotConfigured(
        "send a request",
        "the URL" + shown() + " is no http or https URL of a host",
        CORRECT_IT,
        null);
  }

  /** A URL with an at sign may hold a password, and so may the part behind a question mark. */
  private String shown() {
    int end = url.indexOf('?');
    String start = end < 0 ? url : url.substring(0, end);
    if (start.indexOf('@') >= 0) return "";
    return " \"" + Printable.of(Secrets.of(secrets).hide(start), LONGEST_SHOWN_URL) + "\"";
  }

  /**
   * Returns the headers by name, in alphabetical order; never null.
   *
   * @throws NotConfigured if a value holds another character than printable ASCII, blank and tab
   */
  public Map<String, String> headers() throws NotConfigured {
    for (var header : headers.entrySet()) {
      if (header.getValue().chars().allMatch(ServiceRequest::isOfValue)) continue;
      throw new NotConfigured(
          step(),
          "the value of the header " + header.getKey() + " cannot be sent in a header",
          "it is to be one line of ASCII: look for a line end or a letter with an accent",
          null);
    }
    return headers;
  }

  private static boolean isOfValue(int c) {
    return c == '\t' || (c >= ' ' && c < 0x7f);
  }

  /** Returns a copy of the body; empty for a request without one. */
  public Optional<byte[]> body() {
    return Optional.ofNullable(body).map(byte[]::clone);
  }

  /** Returns whether the request may be sent twice: see {@link ServiceHttp}. */
  public boolean isRepeatable() {
    return isRepeatable;
  }

  /** Returns whether the user's client certificate is shown if the service asks for one. */
  public boolean showsClientCertificate() {
    return showsClientCertificate;
  }

  /**
   * Returns what must not be shown: the values given to {@link #withSecret}, and the values of
   * headers, form fields, JSON members and query parameters whose name tells of a secret: it holds
   * {@code auth}, {@code token}, {@code secret}, {@code password}, {@code key}, {@code cookie},
   * {@code code}, {@code assertion}, {@code credential}, {@code signature} or {@code jwt}. Of
   * {@code Authorization}, also the part behind the scheme. Never null.
   */
  public List<String> secrets() {
    var all = new ArrayList<>(secrets);
    headers.forEach((name, value) -> {
      if (!isSecretName(name)) return;
      all.add(value);
      all.add(value.substring(value.indexOf(' ') + 1));
    });
    int query = url.indexOf('?');
    if (query >= 0) addSecretsOf(url.substring(query + 1), all);
    return all;
  }

  private static void addSecretsOf(String query, List<String> all) {
    for (String pair : query.split("&", -1)) {
      int sign = pair.indexOf('=');
      if (sign < 0 || !isSecretName(pair.substring(0, sign))) continue;
      String value = pair.substring(sign + 1);
      all.add(value);
      try {
        all.add(URLDecoder.decode(value, StandardCharsets.UTF_8));
      } catch (IllegalArgumentException e) {
        // no proper encoding: hidden as it is
      }
    }
  }

  private static boolean isSecretName(String name) {
    String folded = name.toLowerCase(Locale.ROOT);
    return !folded.endsWith("type") && SECRET_NAMES.stream().anyMatch(folded::contains);
  }

  /**
   * Returns what messages call this request: method and URL without parameters, the secrets hidden;
   * never null.
   */
  public String step() {
    return method + shownOrService();
  }

  private String shownOrService() {
    try {
      var uri = uri();
      var place = uri.getScheme() + "://" + uri.getRawAuthority() + uri.getRawPath();
      return " " + Printable.of(Secrets.of(secrets()).hide(place), LONGEST_SHOWN_URL);
    } catch (NotConfigured e) {
      return " to the provider's service";
    }
  }

  /** Returns the step; leaves headers and body out. */
  @Override
  public String toString() {
    return step();
  }
}
