package dev.sessiontoken.http;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the URL of a deployment. */
public final class DeploymentUrl {
  private static final String STEP = "read the deployment's URL";
  private static final String HINT = "a deployment's URL looks like https://coder.example.com";

  private static final String USER_INFO =
      "it holds a user name or password, which belong nowhere near it";
  private static final String USER_HINT =
      "take them off; for a proxy that asks for them, "
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
    if (uri.getHost() == null) {
      boolean underscore = authority != null && authority.indexOf('_') >= 0;
      throw refused(
          underscore
              ? "its host name holds an underscore, which no host name may"
              : "it names no valid host",
          null);
    }
    if (uri.getPort() == 0 || uri.getPort() > 0xffff)
      throw refused("its port is not between 1 and 65535", null);
    return URI.create(scheme + "://" + authority);
  }

  private static URI parse(String url) throws NotConfigured {
    try {
      return new URI(url);
    } catch (URISyntaxException e) { // its message quotes the URL, password included
      throw refused("it is no URL, from character " + (e.getIndex() + 1) + " on", null);
    }
  }

  private static NotConfigured refused(String problem, @Nullable Throwable cause) {
    return new NotConfigured(STEP, problem, HINT, cause);
  }
}
