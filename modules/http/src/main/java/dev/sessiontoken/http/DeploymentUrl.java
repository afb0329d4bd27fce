package dev.sessiontoken.http;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.IDN;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the URL of a deployment. */
public final class DeploymentUrl {
  private static final String STEP = "read the deployment's URL";
  private static final String HINT = "a deployment's URL looks like https://coder.example.com";

  private static final String UNDERSCORE =
      "its host name holds an underscore, which the JDK does not accept: give the host an alias"
          + " without one, or use its address";
  private static final String USER_INFO =
      "it holds a user name or password, which belong nowhere near it";
  private static final String USER_HINT =
      HINT
          + "; for a proxy that asks for user and password, "
          + Remedy.HEADER
          + " Authorization=Basic BASE64, where BASE64 stands for user:password in base64";

  private DeploymentUrl() {}

  /**
   * Returns the origin of a deployment: scheme, host and port. Path and query are dropped: the API
   * is always at the root of the host.
   *
   * @param url the text that the user gave
   * @throws NotConfigured if the text is not an {@code http} or {@code https} URL, names no host or
   *     holds user info; the message does not quote user info
   */
  public static URI origin(String url) throws NotConfigured {
    var uri = parse(url);
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      throw refused(
          scheme.isEmpty() || uri.isOpaque()
              ? "it does not begin with http:// or https://"
              : Printable.of(scheme, 20) + " is neither http nor https",
          null);
    }
    String authority = uri.getRawAuthority();
    if (authority != null && authority.indexOf('@') >= 0) {
      throw new NotConfigured(STEP, USER_INFO, USER_HINT, null);
    }
    if (uri.getHost() == null && isInternational(authority)) {
      return origin(scheme + "://" + ascii(authority));
    }
    if (uri.getHost() == null) {
      boolean underscore = authority != null && authority.indexOf('_') >= 0;
      throw refused(underscore ? UNDERSCORE : "it names no valid host", null);
    }
    if (uri.getPort() == 0 || uri.getPort() > 0xffff)
      throw refused("its port is not between 1 and 65535", null);
    return URI.create(scheme + "://" + (scheme.equals("https") ? undotted(uri) : authority));
  }

  private static boolean isInternational(@Nullable String authority) {
    return authority != null && !authority.chars().allMatch(c -> c < 0x80);
  }

  /** Returns a host with port in ASCII (RFC 3490, ToASCII): the DNS knows no other names. */
  private static String ascii(String authority) throws NotConfigured {
    int colon = authority.lastIndexOf(':');
    String host = colon < 0 ? authority : authority.substring(0, colon);
    try {
      String ascii = IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES);
      return ascii + (colon < 0 ? "" : authority.substring(colon));
    } catch (IllegalArgumentException e) {
      throw refused("it names no valid host", null);
    }
  }

  /** Returns host and port without the dot at the end of a DNS name: certificates have none. */
  private static String undotted(URI uri) {
    String host = uri.getHost();
    boolean isDotted = host.endsWith(".") && host.length() > 1;
    String name = isDotted ? host.substring(0, host.length() - 1) : host;
    return name + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  private static URI parse(String url) throws NotConfigured {
    try {
      return new URI(withZone(url));
    } catch (URISyntaxException e) { // its message quotes the URL, password included
      throw refused("it is no URL, from character " + (e.getIndex() + 1) + " on", null);
    }
  }

  /** Returns a URL with the zone of an IPv6 address as the JDK reads it: RFC 6874 writes %25. */
  private static String withZone(String url) {
    int zone = url.indexOf("%25");
    boolean isAddress = url.contains("://[") && zone >= 0 && zone < url.indexOf(']');
    return isAddress ? url.substring(0, zone) + "%" + url.substring(zone + 3) : url;
  }

  private static NotConfigured refused(String problem, @Nullable Throwable cause) {
    return new NotConfigured(STEP, problem, HINT, cause);
  }
}
