package dev.sessiontoken.testkit;

import jakarta.json.Json;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/**
 * Signs identity documents as the clouds do, with keys made for one test: RSA over SHA-256 for EC2,
 * PKCS#7 without signed attributes under a certificate of its own root for Azure, RS256 for Google.
 */
final class CloudSigner {
  private static final String ROOT = "CN=sessiontoken test root of Azure";
  private static final String LEAF = "CN=metadata.azure.com";

  private final KeyPair key;
  private final X509Certificate azureRoot;
  private final X509Certificate azureLeaf;

  CloudSigner() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      key = generator.generateKeyPair();
      var rootKey = generator.generateKeyPair();
      azureRoot = certificate(ROOT, rootKey, ROOT, rootKey);
      azureLeaf = certificate(LEAF, key, ROOT, rootKey);
    } catch (GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What EC2 and Google signatures are checked with. */
  PublicKey publicKey() {
    return key.getPublic();
  }

  X509Certificate azureRoot() {
    return azureRoot;
  }

  /** Indented as the live documents are, with a space before each colon. */
  String ec2Document(String instanceId) {
    return """
    {
      "accountId" : "123456789012",
      "architecture" : "x86_64",
      "availabilityZone" : "us-east-1a",
      "instanceId" : "%s",
      "region" : "us-east-1",
      "version" : "2017-09-30"
    }\
    """
        .formatted(instanceId);
  }

  /** Wrapped at 76 characters, as the live ones are. */
  String ec2Signature(String instanceId) {
    return Base64.getMimeEncoder(76, new byte[] {'\n'})
        .encodeToString(sign(ec2Document(instanceId)));
  }

  String azureDocument(String vmId, boolean altered) {
    String content =
        Json.createObjectBuilder()
            .add("licenseType", "")
            .add("nonce", "20261124-120000")
            .add("sku", "22_04-lts")
            .add("vmId", vmId)
            .build()
            .toString();
    try {
      var signed = pkcs7(content);
      if (altered) signed[indexOf(signed, vmId)] ^= 1;
      return Base64.getEncoder().encodeToString(signed);
    } catch (GeneralSecurityException | OperatorCreationException | CMSException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] pkcs7(String content)
      throws GeneralSecurityException, OperatorCreationException, CMSException, IOException {
    var generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
            .setDirectSignature(true) // live documents have no signed attributes
            .build(
                new JcaContentSignerBuilder("SHA256withRSA").build(key.getPrivate()), azureLeaf));
    generator.addCertificates(new JcaCertStore(List.of(azureLeaf)));
    var bytes = content.getBytes(StandardCharsets.UTF_8);
    return generator.generate(new CMSProcessableByteArray(bytes), true).getEncoded();
  }

  private static int indexOf(byte[] bytes, String text) {
    return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text);
  }

  String googleToken(String instanceId, String audience) {
    String header = "{\"alg\":\"RS256\",\"kid\":\"0123456789ab\",\"typ\":\"JWT\"}";
    var claims =
        Json.createObjectBuilder()
            .add("aud", audience)
            .add("exp", Instant.now().plus(Duration.ofHours(1)).getEpochSecond())
            .add("iss", "https://accounts.google.com");
    if (!instanceId.isEmpty()) {
      var engine = Json.createObjectBuilder().add("instance_id", instanceId);
      claims.add("google", Json.createObjectBuilder().add("compute_engine", engine));
    }
    String signed = part(header) + "." + part(claims.build().toString());
    return signed + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(sign(signed));
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private byte[] sign(String text) {
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key.getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static X509Certificate certificate(
      String name, KeyPair key, String issuer, KeyPair issuerKey)
      throws GeneralSecurityException, OperatorCreationException {
    var now = Instant.now();
    var builder =
        new JcaX509v3CertificateBuilder(
            new X500Name(issuer),
            BigInteger.valueOf(now.getEpochSecond()),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(Duration.ofDays(1))),
            new X500Name(name),
            key.getPublic());
    var signer = new JcaContentSignerBuilder("SHA256withRSA").build(issuerKey.getPrivate());
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
  }
}
