package dev.sessiontoken.testkit;

import dev.sessiontoken.testkit.tls.CertificateForm;
import dev.sessiontoken.testkit.tls.KeyPairs;
import dev.sessiontoken.testkit.tls.KeyedCertificate;
import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.cert.jcajce.JcaCertStore;
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
  private static final String LEAF = "CN=metadata.azure.com";

  private final Supplier<KeyPair> key = once(() -> KeyPairs.rsa(2048));
  private final Supplier<KeyedCertificate> azureRoot =
      once(() ->
          CertificateForm.authority("sessiontoken test root of Azure")
              .withKeys(KeyPairs.rsa(2048))
              .selfSigned());
  private final Supplier<KeyedCertificate> azureLeaf =
      once(() ->
          azureRoot
              .get()
              .issue(
                  CertificateForm.server()
                      .withSubject(new X500Principal(LEAF))
                      .withKeys(key.get())));

  /** Makes a value when it is first asked for: keys take time, and most tests need none. */
  private static <T> Supplier<T> once(Supplier<T> maker) {
    var task = new FutureTask<>(maker::get);
    return () -> {
      task.run(); // does nothing from the second time on
      try {
        return task.get();
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    };
  }

  /** Checks the signatures of EC2 and Google. */
  PublicKey publicKey() {
    return key.get().getPublic();
  }

  X509Certificate azureRoot() {
    return azureRoot.get().certificate();
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
                new JcaContentSignerBuilder("SHA256withRSA").build(key.get().getPrivate()),
                azureLeaf.get().certificate()));
    generator.addCertificates(new JcaCertStore(List.of(azureLeaf.get().certificate())));
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
      signature.initSign(key.get().getPrivate());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
