package dev.sessiontoken.resident;

import dev.sessiontoken.http.DeploymentSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Tells whether two calls reach the same deployment in the same way: by a keyed digest of all that
 * the way depends on. The digest shows nothing of the secrets among that. Safe for any number of
 * threads.
 */
final class Fingerprint {
  private static final String ALGORITHM = "HmacSHA256";

  private final SecretKeySpec key;

  private Fingerprint(byte[] key) {
    this.key = new SecretKeySpec(key, ALGORITHM);
  }

  /** Returns fingerprints by a key of their own. */
  static Fingerprint random() {
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    return new Fingerprint(key);
  }

  /**
   * Returns the fingerprint of a way to a deployment: origin, headers, proxy, and the files of
   * authorities with their inodes, sizes and times. Reads no file.
   *
   * @return empty if nothing may be kept for this way: it has a private key, or folders of
   *     authorities, in which a changed file is not seen
   */
  Optional<String> of(DeploymentSettings settings) {
    var environment = settings.environment();
    boolean isKept =
        settings.clientCertificate().isEmpty()
            && environment.getOrDefault("SSL_CERT_DIR", "").isEmpty();
    if (!isKept) return Optional.empty();
    var parts = new ArrayList<String>(List.of(settings.origin().toString(), settings.userAgent()));
    settings
        .headers()
        .forEach((name, values) -> {
          parts.add(name);
          parts.add(String.valueOf(values.size()));
          parts.addAll(values);
        });
    parts.add("variables");
    new TreeMap<>(ofRoute(environment)).forEach((name, value) -> parts.add(name + "=" + value));
    parts.add("files");
    for (var file : settings.filesOfTls()) parts.add(stamp(file));
    return Optional.of(digest(parts));
  }

  /** Returns the fingerprint of what a provider obtains a session token from. */
  String of(String way, String provider, Map<String, String> options) {
    var parts = new ArrayList<String>(List.of(way, provider));
    new TreeMap<>(options).forEach((name, value) -> parts.add(name + "=" + value));
    return digest(parts);
  }

  /** Returns the variables that proxy and authorities are chosen by. */
  static Map<String, String> ofRoute(Map<String, String> environment) {
    var kept = new TreeMap<String, String>();
    environment.forEach((name, value) -> {
      boolean isProxy = name.toUpperCase(Locale.ROOT).endsWith("_PROXY");
      if (isProxy || name.startsWith("SSL_CERT_") || name.equals("REQUEST_METHOD"))
        kept.put(name, value);
    });
    return kept;
  }

  private static String stamp(Path file) {
    try {
      var known = Files.readAttributes(file, "unix:ino,dev,size,lastModifiedTime,ctime");
      return file + " " + new TreeMap<>(known);
    } catch (IOException e) {
      return file + " is not there";
    }
  }

  /** Lengths come first, so that no two lists look the same. */
  private String digest(List<String> parts) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      for (var part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        mac.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        mac.update(bytes);
      }
      return HexFormat.of().formatHex(mac.doFinal());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has this algorithm
    }
  }
}
