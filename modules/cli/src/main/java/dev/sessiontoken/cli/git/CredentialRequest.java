package dev.sessiontoken.cli.git;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What git sends to a credential helper: attributes as in git-credential(1), one a line.
 *
 * @param attributes by name; of lists such as {@code wwwauth[]}, the last entry
 */
record CredentialRequest(Map<String, String> attributes) {
  private static final int MAX_BYTES = 64 * 1024;
  private static final String STEP = "read what git asks for";

  /**
   * Reads up to an empty line or the end.
   *
   * @throws NotConfigured if it is not in that form; values with control characters are not, which
   *     have been used to smuggle other hosts in (CVE-2020-5260, CVE-2024-50338, CVE-2024-52006)
   */
  static CredentialRequest read(InputStream in) throws NotConfigured {
    var attributes = new HashMap<String, String>();
    for (String line : text(in).split("\n", -1)) {
      if (line.isEmpty()) break;
      int sign = line.indexOf('=');
      if (sign < 1) throw wrong("a line is no attribute");
      if (line.chars().anyMatch(Character::isISOControl))
        throw wrong("a value holds control characters");
      attributes.put(line.substring(0, sign), line.substring(sign + 1));
    }
    return new CredentialRequest(attributes);
  }

  private static String text(InputStream in) throws NotConfigured {
    try {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) throw wrong("it is longer than 64 KiB");
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw wrong("it cannot be read");
    }
  }

  /** The URL for which git wants a login, if it is one of the web: what could be ours. */
  Optional<String> url() {
    String protocol = attributes.getOrDefault("protocol", "");
    String host = attributes.getOrDefault("host", "");
    String path = attributes.getOrDefault("path", "");
    if (!protocol.equals("https") && !protocol.equals("http")) return Optional.empty();
    if (host.isEmpty() || !host.matches("[^/?#@\\\\\\s]+")) return Optional.empty();
    return Optional.of(protocol + "://" + host + (path.isEmpty() ? "" : "/" + path));
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
