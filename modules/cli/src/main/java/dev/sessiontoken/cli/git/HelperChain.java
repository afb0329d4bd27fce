package dev.sessiontoken.cli.git;

import dev.sessiontoken.spi.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The credential helpers that git asks about a URL, in git's order: gitcredentials(7).
 *
 * @param helpers the values of {@code credential.helper} that are in effect
 */
record HelperChain(List<String> helpers) {
  private static final String SECTION = "credential.";
  private static final String NAME = ".helper";
  private static final String SCHEME_END = "://";

  /**
   * Reads the lines of all of git's files, in git's order. Lines of every section that matches the
   * URL count, and an empty value makes git forget the lines before it.
   *
   * @param url of a host, with a path or without; empty text for any host, for which lines with a
   *     URL of their own do not count
   */
  static HelperChain of(List<GitConfig.Line> lines, String url) {
    var helpers = new ArrayList<String>();
    for (var line : lines) {
      if (!concerns(line.key(), url)) continue;
      if (line.value().isEmpty()) helpers.clear();
      else helpers.add(line.value());
    }
    return new HelperChain(List.copyOf(helpers));
  }

  private static boolean concerns(String key, String url) {
    if (key.equals(SECTION + NAME.substring(1))) return true;
    if (url.isEmpty() || !key.startsWith(SECTION) || !key.endsWith(NAME)) return false;
    int end = key.length() - NAME.length();
    return end > SECTION.length() && Pattern.of(key.substring(SECTION.length(), end)).fits(url);
  }

  boolean isOnly(String helper) {
    return helpers.equals(List.of(helper));
  }

  boolean beginsWith(String helper) {
    return !helpers.isEmpty() && helpers.getFirst().equals(helper);
  }

  @Override
  public String toString() {
    if (helpers.isEmpty()) return "no helper";
    return helpers.stream()
        .map(helper -> Printable.of(helper, 300))
        .collect(Collectors.joining(", then "));
  }

  /**
   * The URL of a section, by the rules of {@code http.<url>} in git-config(1): a label of the host
   * may be {@code *}, a path fits those below it. The scheme may be missing.
   */
  private record Pattern(String scheme, String user, String host, String path) {

    static Pattern of(String url) {
      int colon = url.indexOf(SCHEME_END);
      String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
      int start = colon < 0 ? 0 : colon + SCHEME_END.length();
      int end = GitUrl.endOfAuthority(url, start);
      String authority = url.substring(start, end);
      int at = authority.lastIndexOf('@');
      String host = authority.substring(at + 1).toLowerCase(Locale.ROOT);
      String path = url.substring(end).replaceFirst("/+$", "");
      return new Pattern(
          scheme, authority.substring(0, Math.max(at, 0)), withoutUsualPort(host, scheme), path);
    }

    private static String withoutUsualPort(String host, String scheme) {
      String port = scheme.equals("http") ? ":80" : ":443";
      return host.endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    }

    boolean fits(String text) {
      var url = of(text);
      boolean isScheme = scheme.isEmpty() || scheme.equals(url.scheme);
      boolean isPath = url.path.equals(path) || url.path.startsWith(path + "/") || path.isEmpty();
      return isScheme && user.isEmpty() && isPath && isHost(url.host);
    }

    private boolean isHost(String other) {
      var labels = host.split("\\.", -1);
      var others = other.split("\\.", -1);
      if (labels.length != others.length) return false;
      for (int i = 0; i < labels.length; i++) {
        if (!labels[i].equals("*") && !labels[i].equals(others[i])) return false;
      }
      return true;
    }
  }
}
