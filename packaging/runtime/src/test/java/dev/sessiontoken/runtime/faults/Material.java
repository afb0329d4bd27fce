package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.runtime.faults.Mint.Form;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.operator.OperatorCreationException;

/**
 * The files of the matrix: chains for servers, certificates and keys for clients, authorities to
 * trust. Rows call them by their names in braces, such as <code>{root.pem}</code>.
 */
final class Material {
  private final Path folder;
  private final KeyPair common = Mint.ec("secp256r1");
  private final KeyPair rsa = Mint.rsa(2048);
  private final Mint root = Form.authority("Root of the matrix", Mint.ec("secp256r1")).selfSigned();
  private final Mint stranger = Form.authority("Stranger", Mint.ec("secp256r1")).selfSigned();
  private final Mint below = root.issue(Form.authority("Intermediate", Mint.ec("secp256r1")));
  private final Mint server = root.issue(Form.server("coder.test", common));
  private final List<String> chains = new ArrayList<>();

  Material(Path folder) throws IOException, OperatorCreationException {
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

  /** What there is a server for each of, with its chain in one file and its key in another. */
  List<String> chains() {
    return List.copyOf(chains);
  }

  Mint server() {
    return server;
  }

  Mint root() {
    return root;
  }

  private void write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void chain(String name, Mint... chain) throws IOException {
    chains.add(name);
    write("chain-" + name + ".pem", PemText.certificates(chain));
    write("chain-" + name + ".key", PemText.pkcs8(chain[0].keys().getPrivate()));
  }

  private void authorities() throws IOException {
    String good = PemText.certificates(root);
    String other = PemText.certificates(stranger);
    write("root.pem", good);
    write("stranger.pem", other);
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

  private static byte[] encoded(Mint mint) throws IOException {
    try {
      return mint.certificate().getEncoded();
    } catch (java.security.cert.CertificateEncodingException e) {
      throw new IOException(e);
    }
  }

  private void keyKinds() throws IOException {
    chain("p256", server);
    chain("p384", root.issue(Form.server("coder.test", Mint.ec("secp384r1"))));
    chain("p521", root.issue(Form.server("coder.test", Mint.ec("secp521r1"))));
    chain("rsa2048", root.issue(Form.server("coder.test", rsa)));
    chain("rsa4096", root.issue(Form.server("coder.test", Mint.rsa(4096))));
    chain("rsa1024", root.issue(Form.server("coder.test", Mint.rsa(1024))));
    chain("ed25519", root.issue(Form.server("coder.test", Mint.ed25519())));
    chain("sha1", root.issue(Form.server("coder.test", common), "SHA1withECDSA"));
  }

  private void dates() throws IOException {
    chain("expired", root.issue(Form.server("coder.test", common).expired()));
    var soon = Form.server("coder.test", common).valid(Duration.ofDays(2), Duration.ofDays(9));
    chain("not-yet", root.issue(soon));
    var late = root.issue(Form.authority("Expired intermediate", Mint.ec("secp256r1")).expired());
    chain("expired-intermediate", late.issue(Form.server("coder.test", common)), late);
    var gone = Form.authority("Expired root", Mint.ec("secp256r1")).expired().selfSigned();
    write("expired-root.pem", PemText.certificates(gone));
    chain("expired-root", gone.issue(Form.server("coder.test", common)));
  }

  private void names() throws IOException {
    chain("wrong-host", root.issue(Form.server("other.test", common).forHosts("other.test")));
    chain("no-names", root.issue(Form.server("127.0.0.1", common).forHosts()));
    chain("wildcard", root.issue(Form.server("*.test", common).forHosts("*.test")));
    chain("too-wide", root.issue(Form.server("*", common).forHosts("*")));
    var narrow = Form.authority("Narrow", Mint.ec("secp256r1")).onlyFor("corp.test");
    var elsewhere = root.issue(narrow);
    chain("constrained", elsewhere.issue(Form.server("localhost", common)), elsewhere);
  }

  private void structures() throws IOException {
    var form = Form.server("coder.test", common);
    var leaf = below.issue(form);
    chain("unknown-root", stranger.issue(form));
    chain("missing-intermediate", leaf);
    chain("intermediate", leaf, below);
    chain("with-root", leaf, below, root);
    chain("extra", leaf, below, stranger);
    chain("disorder", leaf, root, below);
    var own = form.selfSigned();
    chain("self-signed", own);
    write("self-signed.pem", PemText.certificates(own));
    var noAuthority = root.issue(Form.server("No authority", Mint.ec("secp256r1")));
    chain("by-a-server", noAuthority.issue(form), noAuthority);
    var last = root.issue(Form.authority("Last", Mint.ec("secp256r1")).ofAuthority(0));
    var beyond = last.issue(Form.authority("Beyond", Mint.ec("secp256r1")));
    chain("path-too-long", beyond.issue(form), beyond, last);
    var impostor = stranger.issue(Form.authority("Intermediate", Mint.ec("secp256r1")));
    chain("impostor", impostor.issue(form), below);
    chain("for-clients", root.issue(form.forClients()));
  }

  private void clients() throws IOException, OperatorCreationException {
    for (var key : List.of(rsa, Mint.ec("secp256r1"), Mint.ec("secp384r1"), Mint.ed25519())) {
      var client = root.issue(Form.server("client", key).forClients());
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
    write("other.p8", PemText.pkcs8(Mint.rsa(2048).getPrivate()));
    write("broken.p8", PemText.pkcs8(rsa.getPrivate()).replaceFirst("\n.{24}", "\n"));
    var form = Form.server("client", rsa).forClients();
    write("unknown.pem", PemText.certificates(stranger.issue(form)));
    write("late.pem", PemText.certificates(root.issue(form.expired())));
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
