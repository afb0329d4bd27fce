package dev.sessiontoken.provider.aws;

import dev.sessiontoken.http.Cloud;
import dev.sessiontoken.http.MetadataService;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proves which agent this is by the signed identity document of its EC2 machine, in four requests:
 * a token for the metadata service (IMDSv2), the signature, the document, and the exchange of both
 * for a session token at the deployment.
 *
 * <p>Paths and headers of the metadata service follow the Amazon EC2 User Guide, "Use the Instance
 * Metadata Service to access instance metadata" (IMDSv2) and "Instance identity documents". The
 * environment variables are those of the AWS SDKs and Tools Reference Guide, "IMDS credential
 * provider". {@link #obtain} blocks, until the context's deadline at most.
 */
public final class AwsInstanceIdentity implements SessionTokenProvider {
  private static final ProviderOption ENDPOINT =
      ProviderOption.plain(
          "metadata-endpoint", "AWS_EC2_METADATA_SERVICE_ENDPOINT", "URL of the metadata service");
  private static final ProviderOption MODE =
      ProviderOption.plain(
              "metadata-endpoint-mode",
              "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE",
              "IPv4 or IPv6, where no URL is given")
          .withDefault("IPv4");
  private static final ProviderOption DISABLED =
      ProviderOption.plain(
          "metadata-disabled",
          "AWS_EC2_METADATA_DISABLED",
          "true forbids to ask the metadata service");

  @Override
  public String name() {
    return "aws-instance-identity";
  }

  @Override
  public List<ProviderOption> options() {
    return List.of(ENDPOINT, MODE, DISABLED);
  }

  /** Takes a service that the user names for one that is there. */
  @Override
  public Optional<String> lacks(ProviderContext context) {
    return context.option(ENDPOINT.name()).isPresent() ? Optional.empty() : Cloud.EC2.lacks();
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    try (var metadata =
        new MetadataService(Cloud.EC2, endpoint(context), ENDPOINT.variable(), context)) {
      var proof = Map.of("X-aws-ec2-metadata-token", metadataToken(metadata));
      var signature = metadata.get("/latest/dynamic/instance-identity/signature", proof);
      if (!signature.text().chars().allMatch(AwsInstanceIdentity::isOfBase64)) {
        throw MetadataService.notA("a signature in base64", signature);
      }
      var document = metadata.get("/latest/dynamic/instance-identity/document", proof);
      if (!document.text().strip().startsWith("{"))
        throw MetadataService.notA("a JSON document", document);
      // the document is sent byte for byte: its signature covers white space, too
      return context.exchange(
          "aws-instance-identity",
          Map.of("signature", signature.text(), "document", document.text()));
    }
  }

  /** Allows white space too: the service breaks the signature into lines. */
  private static boolean isOfBase64(int c) {
    return c < 0x80 && (Character.isLetterOrDigit(c) || "+/= \t\n\u000B\f\r".indexOf(c) >= 0);
  }

  /**
   * Asks for the token of IMDSv2, valid for 21,600 seconds (the longest that the service allows).
   */
  private static String metadataToken(MetadataService metadata)
      throws SessionTokenException, InterruptedException {
    var ttl = Map.of("X-aws-ec2-metadata-token-ttl-seconds", "21600");
    var token = metadata.put("/latest/api/token", ttl);
    if (SessionToken.isSane(token.text())) return token.text();
    throw MetadataService.notA("a token", token);
  }

  private static String endpoint(ProviderContext context) throws NotConfigured {
    if (context.option(DISABLED.name()).orElse("").equalsIgnoreCase("true")) {
      throw notConfigured("AWS_EC2_METADATA_DISABLED=true forbids to ask it", "unset it");
    }
    String mode = context.option(MODE.name()).orElse("IPv4");
    if (!mode.equalsIgnoreCase("IPv4") && !mode.equalsIgnoreCase("IPv6")) {
      throw notConfigured(MODE.variable() + " is neither IPv4 nor IPv6", "correct it");
    }
    String standard =
        mode.equalsIgnoreCase("IPv6") ? "http://[fd00:ec2::254]" : Cloud.EC2.endpoint();
    return context.option(ENDPOINT.name()).orElse(standard);
  }

  private static NotConfigured notConfigured(String problem, String hint) {
    return new NotConfigured("ask the EC2 metadata service", problem, hint, null);
  }
}
