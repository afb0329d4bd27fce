package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.testkit.tls.CertificateForm;
import dev.sessiontoken.testkit.tls.CertificateForm.Purpose;
import dev.sessiontoken.testkit.tls.KeyPairs;
import dev.sessiontoken.testkit.tls.KeyedCertificate;
import dev.sessiontoken.testkit.tls.PemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/**
 * The files of the matrix: chains for servers, certificates and keys for clients, authorities to
 * trust. Rows call them by their names in braces, such as <code>{root.pem}</code>.
 */
final class Material {
  private final Path folder;
  private final KeyPair common = KeyPairs.p256();
  private final KeyPair rsa = KeyPairs.rsa(2048);
  private final KeyedCertificate root =
      authority("Root of the matrix", KeyPairs.p256()).selfSigned();
  private final KeyedCertificate otherRoot = authority("Stranger", KeyPairs.p256()).selfSigned();
  private final KeyedCertificate below = root.issue(authority("Intermediate", KeyPairs.p256()));
  private final KeyedCertificate server = root.issue(server("coder.test", common));
  private final List<String> chains = new ArrayList<>();

  Material(Path folder) throws IOException {
    this.folder = folder;
    authorities();
    keyKinds();
    dates();
    names();
    structures();
    clients();
  }

  Path folder() {
    return folder;
  }

  /**
   * Names of the chains; nginx runs a server for each, from {@code chain-NAME.pem} and {@code
   * .key}.
   */
  List<String> chains() {
    return List.copyOf(chains);
  }

  KeyedCertificate server() {
    return server;
  }

  KeyedCertificate root() {
    return root;
  }

  private static CertificateForm server(String commonName, KeyPair keys) {
    return CertificateForm.server("127.0.0.1", "localhost", "coder.test")
        .withSubject(new X500Principal("CN=" + commonName))
        .withKeys(keys);
  }

  private static CertificateForm authority(String commonName, KeyPair keys) {
    return CertificateForm.authority(commonName)
        .withSubject(new X500Principal("CN=" + commonName))
        .withKeys(keys);
  }

  private static Instant days(int ahead) {
    return Instant.now().plus(Duration.ofDays(ahead));
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void chain(String name, KeyedCertificate... chain) throws IOException {
    chains.add(name);
    write("chain-" + name + ".pem", PemText.certificates(chain));
    write("chain-" + name + ".key", PemText.pkcs8(chain[0].key()));
  }

  private void authorities() throws IOException {
    String good = PemText.certificates(root);
    String other = PemText.certificates(otherRoot);
    write("root.pem", good);
    write("other-root.pem", other);
    write("both.pem", other + good);
    write("crlf.pem", good.replace("\n", "\r\n"));
    write("comments.pem", "# made for the matrix\n\nsubject=/CN=Root\n" + good + "\nthe end\n");
    write("broken-middle.pem", other + other.replaceFirst("\n[^\n]{20}", "\n!!") + good);
    write("empty.pem", "");
    write("text.pem", "no certificate\n");
    write("folder/one.pem", other);
    write("folder2/root.crt", good);
    write("hashed/0123abcd.0", good);
    write("folder-empty/readme", "nothing to trust here\n");
    write("intermediate.pem", PemText.certificates(below));
    write("server.pem", PemText.certificates(server));
    Files.write(folder.resolve("root.der"), encoded(root));
    write("many.pem", other.repeat(200) + good);
  }

  private static byte[] encoded(KeyedCertificate mint) throws IOException {
    try {
      return mint.certificate().getEncoded();
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  private void keyKinds() throws IOException {
    chain("p256", server);
    chain("p384", root.issue(server("coder.test", KeyPairs.ec("secp384r1"))));
    chain("p521", root.issue(server("coder.test", KeyPairs.ec("secp521r1"))));
    chain("rsa2048", root.issue(server("coder.test", rsa)));
    chain("rsa4096", root.issue(server("coder.test", KeyPairs.rsa(4096))));
    chain("rsa1024", root.issue(server("coder.test", KeyPairs.rsa(1024))));
    chain("ed25519", root.issue(server("coder.test", KeyPairs.ed25519())));
    chain("sha1", root.issue(server("coder.test", common), "SHA1withECDSA"));
  }

  private void dates() throws IOException {
    chain("expired", root.issue(server("coder.test", common).withDates(days(-9), days(-2))));
    var soon = server("coder.test", common).withDates(days(2), days(9));
    chain("not-yet", root.issue(soon));
    var late =
        root.issue(
            authority("Expired intermediate", KeyPairs.p256()).withDates(days(-9), days(-2)));
    chain("expired-intermediate", late.issue(server("coder.test", common)), late);
    var gone =
        authority("Expired root", KeyPairs.p256()).withDates(days(-9), days(-2)).selfSigned();
    write("expired-root.pem", PemText.certificates(gone));
    chain("expired-root", gone.issue(server("coder.test", common)));
  }

  private void names() throws IOException {
    chain("wrong-host", root.issue(server("other.test", common).withHosts("other.test")));
    chain("no-names", root.issue(server("127.0.0.1", common).withHosts()));
    chain("wildcard", root.issue(server("*.test", common).withHosts("*.test")));
    chain("too-wide", root.issue(server("*", common).withHosts("*")));
    var narrow = authority("Narrow", KeyPairs.p256()).onlyFor("corp.test");
    var elsewhere = root.issue(narrow);
    chain("constrained", elsewhere.issue(server("localhost", common)), elsewhere);
  }

  private void structures() throws IOException {
    var form = server("coder.test", common);
    var leaf = below.issue(form);
    chain("unknown-root", otherRoot.issue(form));
    chain("missing-intermediate", leaf);
    chain("intermediate", leaf, below);
    chain("with-root", leaf, below, root);
    chain("extra", leaf, below, otherRoot);
    chain("disorder", leaf, root, below);
    var own = form.selfSigned();
    chain("self-signed", own);
    write("self-signed.pem", PemText.certificates(own));
    var noAuthority = root.issue(server("No authority", KeyPairs.p256()));
    chain("by-a-server", noAuthority.issue(form), noAuthority);
    var last = root.issue(authority("Last", KeyPairs.p256()).withPathLength(0));
    var beyond = last.issue(authority("Beyond", KeyPairs.p256()));
    chain("path-too-long", beyond.issue(form), beyond, last);
    var impostor = otherRoot.issue(authority("Intermediate", KeyPairs.p256()));
    chain("impostor", impostor.issue(form), below);
    chain("for-clients", root.issue(form.withPurpose(Purpose.CLIENT)));
  }

  private void clients() throws IOException {
    for (var key : List.of(rsa, KeyPairs.p256(), KeyPairs.ec("secp384r1"), KeyPairs.ed25519())) {
      var client = root.issue(server("client", key).withPurpose(Purpose.CLIENT));
      String name = name(key);
      write(name + ".pem", PemText.certificates(client));
      write(name + ".p8", PemText.pkcs8(key.getPrivate()));
      write(name + "-both.pem", PemText.certificates(client) + PemText.pkcs8(key.getPrivate()));
      if (name.equals("client-p256")) {
        write("client-p256.openssl.key", PemText.asOpensslWritesIt(key.getPrivate()));
      }
      if (!name.endsWith("ed25519")) write(name + ".old", PemText.traditional(key.getPrivate()));
    }
    write("encrypted.p8", PemText.encryptedPkcs8(rsa.getPrivate()));
    write("encrypted.old", PemText.encryptedTraditional(rsa.getPrivate()));
    write("other.p8", PemText.pkcs8(KeyPairs.rsa(2048).getPrivate()));
    write("broken.p8", PemText.pkcs8(rsa.getPrivate()).replaceFirst("\n.{24}", "\n"));
    var form = server("client", rsa).withPurpose(Purpose.CLIENT);
    write("unknown.pem", PemText.certificates(otherRoot.issue(form)));
    write("late.pem", PemText.certificates(root.issue(form.withDates(days(-9), days(-2)))));
    write("long.pem", PemText.certificates(below.issue(form), below));
  }

  private static String name(KeyPair key) {
    String name = key.getPrivate().getAlgorithm();
    boolean isLarge = key.getPublic().getEncoded().length > 100;
    return switch (name) {
      case "EC" -> isLarge ? "client-p384" : "client-p256";
      case "RSA" -> "client-rsa";
      default -> "client-ed25519";
    };
  }
}
