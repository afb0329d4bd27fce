package dev.sessiontoken.http.tls;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509TrustManager;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * The certificate authorities that are trusted to vouch for servers.
 *
 * <p>They come from {@code SSL_CERT_FILE} and the folders of {@code SSL_CERT_DIR}, as in OpenSSL
 * and Go. If neither is set, they come from the JVM's trust store if a program has one set, else
 * from the bundle of the Linux distribution, or from the JDK if there is no bundle. A file named by
 * the user adds to them. Immutable, safe for any number of threads.
 */
public final class Authorities {
  private static final String STEP = "read the certificate authorities";

  // the list of Go's crypto/x509, in its order: the first file that can be read is taken
  private static final List<Path> BUNDLES =
      List.of(
          Path.of("/etc/ssl/certs/ca-certificates.crt"), // Debian, Ubuntu, Gentoo, Alpine
          Path.of("/etc/pki/tls/certs/ca-bundle.crt"), // Fedora, RHEL 6
          Path.of("/etc/ssl/ca-bundle.pem"), // SUSE
          Path.of("/etc/pki/tls/cacert.pem"), // OpenELEC
          Path.of("/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem"), // RHEL 7 and later
          Path.of("/etc/ssl/cert.pem")); // Alpine

  private final List<PemCertificate> known;
  private final Consumer<String> trace;

  private Authorities(List<PemCertificate> known, Consumer<String> trace) {
    this.known = List.copyOf(known);
    this.trace = trace;
  }

  /**
   * A file that adds authorities.
   *
   * @param file path of the PEM file
   * @param origin name of the setting that named it, for messages
   */
  public record CaFile(Path file, String origin) {}

  /**
   * Reads the files. Blocks for a few milliseconds; not needed for {@code http://}.
   *
   * @param environment the variables of the process; empty ones count as unset
   * @param store read in place of the system's authorities if no variable names any
   * @param caFile file of further authorities
   * @param trace receives where the authorities come from and which ones are broken; also later, on
   *     threads that do handshakes
   * @throws NotConfigured if a file that is named cannot be read or holds no certificate
   */
  public static Authorities load(
      Map<String, String> environment,
      Optional<TrustStore> store,
      Optional<CaFile> caFile,
      Consumer<String> trace)
      throws NotConfigured {
    return load(environment, store, caFile, trace, BUNDLES);
  }

  /** As the public method, with other places of the bundle: for tests. */
  static Authorities load(
      Map<String, String> environment,
      Optional<TrustStore> store,
      Optional<CaFile> caFile,
      Consumer<String> trace,
      List<Path> bundles)
      throws NotConfigured {
    trace.accept(STEP);
    var loading = new Loading(new ArrayList<>(), trace);
    var file = environment.getOrDefault("SSL_CERT_FILE", "");
    var folders = environment.getOrDefault("SSL_CERT_DIR", "");
    if (!file.isEmpty()) loading.required(Path.of(file), "SSL_CERT_FILE");
    if (!folders.isEmpty()) loading.folders(folders);
    if (file.isEmpty() && folders.isEmpty()) {
      if (store.isPresent()) loading.store(store.get());
      else loading.system(bundles);
    }
    if (caFile.isPresent()) loading.required(caFile.get().file(), caFile.get().origin());
    return new Authorities(loading.found(), trace);
  }

  /** Returns the files and folders that {@link #load} looks at, whether or not they exist. */
  public static List<Path> files(Map<String, String> environment) {
    var file = environment.getOrDefault("SSL_CERT_FILE", "");
    var folders = environment.getOrDefault("SSL_CERT_DIR", "");
    if (file.isEmpty() && folders.isEmpty()) return BUNDLES;
    var files = new ArrayList<Path>();
    if (!file.isEmpty()) files.add(Path.of(file));
    for (var folder : folders.split(":", -1)) if (!folder.isEmpty()) files.add(Path.of(folder));
    return files;
  }

  /** Returns a trust manager that parses no certificate before the first server is checked. */
  public X509ExtendedTrustManager trustManager() {
    return new ServerTrust(this);
  }

  /** Returns the number of authorities, duplicates included. */
  int count() {
    return known.size();
  }

  /**
   * Returns the authorities that have the name of a certificate in the chain, or of its issuer: a
   * root that the server left out or sent along, an intermediate or a server trusted as such.
   */
  Collection<X509Certificate> namedBy(X509Certificate[] chain) {
    var names = new LinkedHashSet<X500Principal>();
    for (var certificate : chain) {
      names.add(certificate.getIssuerX500Principal());
      names.add(certificate.getSubjectX500Principal());
    }
    var named = new LinkedHashSet<X509Certificate>();
    for (var name : names) addNamed(name.getEncoded(), named);
    if (named.isEmpty()) addEquivalent(names, named);
    return named;
  }

  private void addNamed(byte[] name, Collection<X509Certificate> named) {
    for (var authority : known) if (authority.isNamed(name)) addParsed(authority, named);
  }

  /** Adds authorities whose name has another encoding: slow, so only if no other is found. */
  private void addEquivalent(Set<X500Principal> names, Collection<X509Certificate> named) {
    for (var authority : known) {
      if (names.contains(principal(authority))) addParsed(authority, named);
    }
  }

  private static @Nullable X500Principal principal(PemCertificate authority) {
    try {
      return new X500Principal(authority.name());
    } catch (IllegalArgumentException e) {
      return null; // a broken name matches no certificate
    }
  }

  private void addParsed(PemCertificate authority, Collection<X509Certificate> named) {
    try {
      named.add(authority.parse());
    } catch (CertificateException e) {
      trace.accept("skipped an authority whose certificate is broken: " + Printable.of(e));
    }
  }

  /** Collects the authorities of files and folders. */
  private record Loading(List<PemCertificate> found, Consumer<String> trace) {

    /** Adds a file that is named by the user: it must be usable. */
    void required(Path file, String origin) throws NotConfigured {
      try {
        int before = found.size();
        var blocks = add(file);
        if (found.size() == before) throw noCertificate(origin, file.toString(), Pem.found(blocks));
        tell(before, file);
      } catch (IOException e) {
        var why = e instanceof NoSuchFileException ? "does not exist" : "cannot be read";
        throw new NotConfigured(
            STEP, origin + " names " + file + ", which " + why, "correct " + origin, e);
      }
    }

    void folders(String folders) throws NotConfigured {
      int before = found.size();
      for (var folder : folders.split(":", -1)) {
        if (!folder.isEmpty()) folder(Path.of(folder));
      }
      if (found.size() == before) throw noCertificate("SSL_CERT_DIR", folders, "");
    }

    void store(TrustStore store) throws NotConfigured {
      found.addAll(store.read());
      trace.accept("trusting the " + found.size() + " authorities of " + store.file());
    }

    /** Adds the bundle of the distribution, or the JDK's authorities if there is no bundle. */
    void system(List<Path> bundles) {
      for (var bundle : bundles) if (isBundle(bundle)) return;
      try {
        jdk();
      } catch (GeneralSecurityException e) {
        trace.accept("the JDK's own authorities cannot be read: " + Printable.of(e));
      }
    }

    private static NotConfigured noCertificate(String origin, String place, String other) {
      var problem = origin + " names " + place + ", which holds no certificate" + other;
      return new NotConfigured(STEP, problem, "name a PEM file with " + origin, null);
    }

    private boolean isBundle(Path bundle) {
      try {
        int before = found.size();
        add(bundle);
        tell(before, bundle);
        return found.size() > before;
      } catch (NoSuchFileException e) {
        return false;
      } catch (IOException e) {
        trace.accept(bundle + " cannot be read: " + Printable.of(e));
        return false;
      }
    }

    private void jdk() throws GeneralSecurityException {
      var factory = TrustManagerFactory.getInstance("PKIX");
      factory.init((KeyStore) null);
      var jdk = (X509TrustManager) factory.getTrustManagers()[0];
      for (var authority : jdk.getAcceptedIssuers()) found.add(PemCertificate.of(authority));
      trace.accept("trusting the " + found.size() + " authorities of the JDK");
    }

    private void folder(Path folder) {
      try (var entries = Files.list(folder)) {
        int before = found.size();
        for (var file : files(entries)) add(file);
        tell(before, folder);
      } catch (IOException e) {
        trace.accept(folder + " cannot be read: " + Printable.of(e));
      }
    }

    /** Leaves out the links of a hashed folder (c_rehash), which has each file twice. */
    private static List<Path> files(Stream<Path> entries) throws IOException {
      var files = new ArrayList<Path>();
      for (var entry : entries.sorted().toList()) {
        var isHashLink =
            Files.isSymbolicLink(entry) && Files.readSymbolicLink(entry).getNameCount() == 1;
        if (!isHashLink && Files.isRegularFile(entry)) files.add(entry);
      }
      return files;
    }

    private void tell(int before, Path place) {
      trace.accept("trusting the " + (found.size() - before) + " authorities of " + place);
    }

    /** Adds the certificates of a file, and returns all its blocks. */
    private List<Pem.Block> add(Path file) throws IOException {
      Consumer<String> skipped = what -> trace.accept("skipped in " + file + ": " + what);
      var blocks = Pem.blocks(Pem.content(file), skipped);
      for (int i = 0; i < blocks.size(); i++) add(blocks.get(i), i + 1, skipped);
      return blocks;
    }

    private void add(Pem.Block block, int number, Consumer<String> skipped) {
      if (!block.label().equals("CERTIFICATE")) return;
      try {
        found.add(PemCertificate.of(block));
      } catch (IllegalArgumentException e) {
        skipped.accept("certificate " + number + " is broken: " + e.getMessage());
      }
    }
  }
}
