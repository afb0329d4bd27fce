package dev.sessiontoken.cli.tool;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.util.Locale;

/**
 * A host for which a tool wants a login, with or without scheme and path, as tools write it: {@code
 * ghcr.io}, {@code https://index.docker.io/v1/}, {@code localhost:5000}.
 *
 * @param scheme {@code https} where the tool names none
 * @param host in lower case, with the port unless it is the scheme's own
 * @param path without slashes at its ends; may be empty
 */
record ToolHost(String scheme, String host, String path) {
  private static final String STEP = "read which host the tool asks for";
  private static final String HINT = "a host looks like ghcr.io or https://ghcr.io/path";
  private static final String SEPARATOR = "://";

  /**
   * Takes the text apart.
   *
   * @throws NotConfigured if the text names no host of http or https, holds a user name, or can be
   *     read in two ways
   */
  static ToolHost parse(String text) throws NotConfigured {
    int colon = text.indexOf(SEPARATOR);
    String scheme = colon < 0 ? "https" : text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) throw wrong("its scheme is not https");
    String rest = colon < 0 ? text : text.substring(colon + SEPARATOR.length());
    int end = 0;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) end++;
    String host = rest.substring(0, end).toLowerCase(Locale.ROOT);
    checkHost(host);
    String path = rest.substring(end);
    if (!isPlain(path)) throw wrong("its path holds control characters or blanks");
    return new ToolHost(scheme, withoutDefaultPort(scheme, host), withoutEnds(path));
  }

  private static void checkHost(String host) throws NotConfigured {
    if (host.indexOf('@') >= 0) throw wrong("it holds a user name");
    if (!isHost(host)) throw wrong("it holds no host name: " + Printable.of(host, 60));
  }

  /** Letters and digits of ASCII only: international names arrive encoded, as {@code xn--…}. */
  private static boolean isHost(String host) {
    boolean isAddress = host.startsWith("[");
    int end = isAddress ? host.indexOf(']') + 1 : host.indexOf(':');
    if (end < 0) end = host.length();
    String name = host.substring(0, end);
    String port = host.substring(end);
    if (isAddress ? !isAddress(name) : !isName(name)) return false;
    return port.isEmpty() || (port.startsWith(":") && isPort(port.substring(1)));
  }

  private static boolean isAddress(String bracketed) {
    if (bracketed.length() < 4) return false;
    for (int i = 1; i < bracketed.length() - 1; i++) {
      if ("0123456789abcdef:.".indexOf(bracketed.charAt(i)) < 0) return false;
    }
    return true;
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isLetterOrDigit = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
      if (!isLetterOrDigit && "-._".indexOf(c) < 0) return false;
    }
    return !name.isEmpty();
  }

  private static boolean isPort(String port) {
    for (int i = 0; i < port.length(); i++) {
      if (port.charAt(i) < '0' || port.charAt(i) > '9') return false;
    }
    return !port.isEmpty() && port.length() <= 5;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || Character.isWhitespace(c) || c == '\\') return false;
    }
    return true;
  }

  private static String withoutDefaultPort(String scheme, String host) {
    String port = scheme.equals("https") ? ":443" : ":80";
    return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
  }

  private static String withoutEnds(String path) {
    int end = 0;
    while (end < path.length() && "?#".indexOf(path.charAt(end)) < 0) end++;
    int start = 0;
    while (start < end && path.charAt(start) == '/') start++;
    while (end > start && path.charAt(end - 1) == '/') end--;
    return path.substring(start, end);
  }

  /** Returns host and path as one text, as the hosts file writes them. */
  String place() {
    return path.isEmpty() ? host : host + "/" + path;
  }

  /** Returns the URL without query. */
  String url() {
    return scheme + SEPARATOR + place();
  }

  private static NotConfigured wrong(String problem) {
    return new NotConfigured(STEP, problem, HINT, null);
  }
}
