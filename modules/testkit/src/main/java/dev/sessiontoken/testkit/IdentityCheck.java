package dev.sessiontoken.testkit;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.util.Store;

/** Checks the evidence of instance identity with real cryptography, as coderd does. */
final class IdentityCheck {

  /** The fields that each endpoint requires, in the order in which coderd complains of them. */
  static final Map<String, List<String>> FIELDS =
      Map.of(
          "aws-instance-identity", List.of("signature", "document"),
          "azure-instance-identity", List.of("signature", "encoding"),
          "google-instance-identity", List.of("json_web_token"));

  /** What the deployment answers to evidence that it does not believe. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    Refused(String message, Throwable cause) {
      super(message, cause);
    }

    Refused(String message) {
      super(message);
    }
  }

  private final CloudSigner signer;

  IdentityCheck(CloudSigner signer) {
    this.signer = signer;
  }

  /** The instance id that the evidence proves. */
  String instanceId(String endpoint, JsonObject evidence) throws Refused {
    try {
      return switch (endpoint) {
        case "aws-instance-identity" -> ec2(evidence);
        case "azure-instance-identity" -> azure(evidence);
        default -> google(evidence.getString("json_web_token"));
      };
    } catch (GeneralSecurityException
        | CMSException
        | OperatorCreationException
        | IllegalArgumentException
        | JsonException e) {
      throw new Refused(String.valueOf(e.getMessage()), e);
    }
  }

  private String ec2(JsonObject evidence) throws GeneralSecurityException, Refused {
    String document = evidence.getString("document");
    var signature = Base64.getMimeDecoder().decode(evidence.getString("signature"));
    if (!isSigned(document, signature)) throw new Refused("crypto/rsa: verification error");
    return parse(document).getString("instanceId", "");
  }

  private String azure(JsonObject evidence)
      throws CMSException, GeneralSecurityException, OperatorCreationException, Refused {
    var signed = new CMSSignedData(Base64.getDecoder().decode(evidence.getString("signature")));
    var signers = signed.getSignerInfos().getSigners();
    if (signers.size() != 1) throw new Refused("no signers for signature");
    var leaf = certificate(signed, signers.iterator().next());
    String subject = leaf.getSubject().toString();
    if (!subject.matches("CN=(.*\\.)?metadata\\.azure\\.(com|us|cn)")) {
      throw new Refused("unmatched common name of signer: \"" + subject + "\"");
    }
    new JcaX509CertificateConverter()
        .getCertificate(leaf)
        .verify(signer.azureRoot().getPublicKey());
    var verifier = new JcaSimpleSignerInfoVerifierBuilder().build(leaf);
    if (!signers.iterator().next().verify(verifier)) throw new Refused("signature mismatch");
    var content = (byte[]) signed.getSignedContent().getContent();
    return parse(new String(content, StandardCharsets.UTF_8)).getString("vmId", "");
  }

  private static X509CertificateHolder certificate(CMSSignedData signed, SignerInformation signer)
      throws Refused {
    Store<X509CertificateHolder> certificates = signed.getCertificates();
    for (var each : certificates.getMatches(null)) if (signer.getSID().match(each)) return each;
    throw new Refused("no certificate of the signer");
  }

  private String google(String token) throws GeneralSecurityException, Refused {
    var parts = List.of(token.split("\\.", -1));
    if (parts.size() != 3) throw new Refused("idtoken: invalid token, token must have three parts");
    var signature = Base64.getUrlDecoder().decode(parts.get(2));
    if (!isSigned(parts.get(0) + "." + parts.get(1), signature)) {
      throw new Refused("idtoken: invalid signature");
    }
    var claims =
        parse(new String(Base64.getUrlDecoder().decode(parts.get(1)), StandardCharsets.UTF_8));
    if (claims.getInt("exp", 0) < Instant.now().getEpochSecond()) {
      throw new Refused("idtoken: token expired");
    }
    if (!claims.getString("aud", "").equals("coder")) throw new Refused("idtoken: audience");
    if (!claims.containsKey("google")) return "";
    var engine = claims.getJsonObject("google").getJsonObject("compute_engine");
    return engine.getString("instance_id", "");
  }

  private boolean isSigned(String text, byte[] bytes) throws GeneralSecurityException {
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(signer.publicKey());
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return signature.verify(bytes);
  }

  private static JsonObject parse(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readObject();
    }
  }
}
