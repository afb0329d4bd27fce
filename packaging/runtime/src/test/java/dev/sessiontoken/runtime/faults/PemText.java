package dev.sessiontoken.runtime.faults;

import java.io.IOException;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;

/** Certificates and keys as text, in all the forms that people have them in. */
final class PemText {
  private static final char[] PASS_PHRASE = "open sesame".toCharArray();

  private static final String P256 =
      "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";

  private PemText() {}

  static String certificates(Mint... chain) {
    try {
      var text = new StringBuilder();
      for (var each : chain) text.append(block("CERTIFICATE", each.certificate().getEncoded()));
      return text.toString();
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  static String pkcs8(PrivateKey key) {
    return block("PRIVATE KEY", key.getEncoded());
  }

  /** PKCS #1 of an RSA key, SEC 1 of an EC key. */
  static String traditional(PrivateKey key) throws IOException {
    var inner = PrivateKeyInfo.getInstance(key.getEncoded()).parsePrivateKey().toASN1Primitive();
    return block(key.getAlgorithm() + " PRIVATE KEY", inner.getEncoded());
  }

  /** SEC 1 of a P-256 key in two blocks, the second of which repeats the curve. */
  static String asOpensslWritesIt(PrivateKey key) throws IOException {
    return P256 + written(key);
  }

  static String encryptedPkcs8(PrivateKey key) throws IOException, OperatorCreationException {
    var encryptor =
        new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
            .setProvider(new BouncyCastleProvider())
            .setPassword(PASS_PHRASE)
            .build();
    return written(new JcaPKCS8Generator(key, encryptor));
  }

  static String encryptedTraditional(PrivateKey key) throws IOException {
    var encryptor =
        new JcePEMEncryptorBuilder("AES-128-CBC")
            .setProvider(new BouncyCastleProvider())
            .setSecureRandom(new SecureRandom())
            .build(PASS_PHRASE);
    var text = new StringWriter();
    try (var pem = new JcaPEMWriter(text)) {
      pem.writeObject(key, encryptor);
    }
    return text.toString();
  }

  private static String written(Object object) throws IOException {
    var text = new StringWriter();
    try (var pem = new JcaPEMWriter(text)) {
      pem.writeObject(object);
    }
    return text.toString();
  }

  private static String block(String label, byte[] bytes) {
    String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}
