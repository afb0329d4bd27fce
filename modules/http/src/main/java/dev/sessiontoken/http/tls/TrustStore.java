package dev.sessiontoken.http.tls;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The key store of authorities that system properties of the JVM name, as the JSSE reference guide
 * has them.
 *
 * @param file value of {@code javax.net.ssl.trustStore}: a path, or {@code NONE} for a key store
 *     without a file, such as one in hardware
 * @param type of {@code javax.net.ssl.trustStoreType}: the JDK's default if it is not set
 * @param password of {@code javax.net.ssl.trustStorePassword}; empty for no check of integrity
 */
public record TrustStore(String file, String type, String password) {
  private static final String STEP = "read the certificate authorities";
  private static final String PREFIX = "javax.net.ssl.trustStore";
  private static final String NO_FILE = "NONE";

  /**
   * Returns the key store that properties name.
   *
   * @param property gives the value of a property
   * @return empty if no trust store is set
   */
  public static Optional<TrustStore> of(Function<String, Optional<String>> property) {
    var file = property.apply(PREFIX).orElse("");
    if (file.isEmpty()) return Optional.empty();
    var type = property.apply(PREFIX + "Type").orElseGet(KeyStore::getDefaultType);
    return Optional.of(new TrustStore(file, type, property.apply(PREFIX + "Password").orElse("")));
  }

  /**
   * Reads the certificates: the trusted ones, and those of keys, as the JDK does. Blocks for a
   * file.
   *
   * @throws NotConfigured if the key store cannot be read, or holds no certificate: the JDK would
   *     trust no server then, without a word
   */
  List<PemCertificate> read() throws NotConfigured {
    try {
      var store = KeyStore.getInstance(type);
      load(store);
      var found = certificates(store);
      if (!found.isEmpty()) return found;
      throw unusable("holds no certificate that can be read", null);
    } catch (NoSuchFileException | InvalidPathException e) {
      throw unusable("does not exist", e);
    } catch (IOException | GeneralSecurityException e) {
      throw unusable("cannot be read as a key store of type " + type, e);
    }
  }

  private void load(KeyStore store) throws IOException, GeneralSecurityException {
    char @Nullable [] secret = password.isEmpty() ? null : password.toCharArray();
    if (file.equals(NO_FILE)) {
      store.load(null, secret);
      return;
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      store.load(in, secret);
    }
  }

  private static List<PemCertificate> certificates(KeyStore store) throws GeneralSecurityException {
    var found = new ArrayList<PemCertificate>();
    for (String alias : Collections.list(store.aliases())) {
      @Nullable Certificate certificate = store.getCertificate(alias);
      if (certificate instanceof X509Certificate x509) found.add(PemCertificate.of(x509));
    }
    return found;
  }

  private NotConfigured unusable(String how, @Nullable Exception cause) {
    return new NotConfigured(
        STEP,
        PREFIX + " names " + file + ", which " + how,
        "correct " + PREFIX + ", " + PREFIX + "Type and " + PREFIX + "Password",
        cause);
  }

  /** Leaves the password out. */
  @Override
  public String toString() {
    return "TrustStore[" + file + ", " + type + "]";
  }
}
