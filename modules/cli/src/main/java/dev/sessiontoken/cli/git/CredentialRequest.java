package dev.sessiontoken.cli.git;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What git sends to a credential helper: attributes as in git-credential(1), one a line.
 *
 * @param attributes by name: those that this program uses; git's further attributes are left out
 * @param knowsEphemeral whether the caller knows the attribute {@code ephemeral}: git from 2.46 on
 */
record CredentialRequest(Map<String, String> attributes, boolean knowsEphemeral) {
  private static final int MAX_BYTES = 64 * 1024;
  private static final String STEP = "read what git asks for";
  private static final List<String> USED = List.of("protocol", "host", "path", "username");
  private static final String CAPABILITY = "capability[]";

  /** The capability that {@code ephemeral} belongs to. */
  private static final String AUTHTYPE = "authtype";

  /** User names that stand before a token: hosts document them, or look at the token alone. */
  private static final Set<String> PLACEHOLDERS =
      Set.of("x-access-token", "oauth2", "x-token-auth", "x-oauth-basic", "oauth", "token", "git");

  /**
   * Reads up to an empty line or the end, and no further: the caller may keep the pipe open.
   *
   * @throws NotConfigured if the input is not in that form, or an attribute in use comes twice or
   *     holds control characters: both have been used to smuggle in another host (CVE-2020-5260,
   *     CVE-2024-50338, CVE-2024-52006)
   */
  static CredentialRequest read(InputStream in) throws NotConfigured {
    var attributes = new HashMap<String, String>();
    boolean knowsEphemeral = false;
    int left = MAX_BYTES;
    for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
      left -= line.length() + 1;
      int sign = line.indexOf('=');
      if (sign < 1) throw wrong("a line is no attribute");
      String name = line.substring(0, sign);
      if (name.equals(CAPABILITY)) knowsEphemeral |= line.endsWith("=" + AUTHTYPE);
      if (!USED.contains(name)) continue;
      boolean isTwice = attributes.put(name, line.substring(sign + 1)) != null;
      if (isTwice) throw wrong("the attribute " + name + " comes twice");
      if (line.chars().anyMatch(Character::isISOControl))
        throw wrong("the attribute " + name + " holds control characters");
    }
    return new CredentialRequest(attributes, knowsEphemeral);
  }

  /** Reads a line byte by byte; empty at the end of the input. */
  private static String line(InputStream in, int limit) throws NotConfigured {
    var line = new ByteArrayOutputStream();
    try {
      for (int b = in.read(); b >= 0 && b != '\n'; b = in.read()) {
        if (line.size() >= limit) throw wrong("it is longer than 64 KiB");
        line.write(b);
      }
      return line.toString(StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw wrong("it cannot be read");
    }
  }

  /** Returns the URL for which git wants a login; empty if it is none of http or https. */
  Optional<String> url() {
    String protocol = attributes.getOrDefault("protocol", "");
    String host = attributes.getOrDefault("host", "");
    String path = attributes.getOrDefault("path", "");
    if (!protocol.equals("https") && !protocol.equals("http")) return Optional.empty();
    if (host.isEmpty() || !host.chars().allMatch(CredentialRequest::isOfHost)) {
      return Optional.empty();
    }
    return Optional.of(protocol + "://" + host + (path.isEmpty() ? "" : "/" + path));
  }

  /** Returns whether git wants the login of one user, whose name is not a mere placeholder. */
  boolean isForOneUser() {
    String name = attributes.getOrDefault("username", "");
    return !name.isEmpty() && !PLACEHOLDERS.contains(name);
  }

  /** Returns whether a login with this user name answers the question. */
  boolean accepts(String username) {
    return !isForOneUser() || username.equals(attributes.get("username"));
  }

  private static boolean isOfHost(int c) {
    return "/?#@\\".indexOf(c) < 0 && !Character.isWhitespace(c) && !Character.isSpaceChar(c);
  }

  private static NotConfigured wrong(String problem) {
    return new NotConfigured(STEP, problem, "git credential-coder is for git to call", null);
  }

  /** Leaves the values out: one may be a password. */
  @Override
  public String toString() {
    return "CredentialRequest" + attributes.keySet();
  }
}
