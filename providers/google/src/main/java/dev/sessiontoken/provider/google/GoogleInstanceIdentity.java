package dev.sessiontoken.provider.google;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.http.Cloud;
import dev.sessiontoken.http.MetadataService;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proves which agent this is by the identity token (a JWT) of its Google Compute Engine machine, in
 * two requests: the token from the metadata server, and its exchange for a session token at the
 * deployment.
 *
 * <p>Path, parameters and header follow the Compute Engine documentation "Verify VM identity"; the
 * audience {@code coder} is the one that Coder's own agent asks for. {@link #obtain} blocks, until
 * the context's deadline at most.
 */
public final class GoogleInstanceIdentity implements SessionTokenProvider {
  private static final ProviderOption HOST =
      ProviderOption.plain(
          "metadata-host", "GCE_METADATA_HOST", "host, and port if any, of the metadata service");
  private static final ProviderOption ACCOUNT =
      ProviderOption.plain(
              "service-account", "CODER_GOOGLE_SERVICE_ACCOUNT", "whose identity token to use")
          .withDefault("default");

  @Override
  public String name() {
    return "google-instance-identity";
  }

  @Override
  public List<ProviderOption> options() {
    return List.of(HOST, ACCOUNT);
  }

  /** Takes a service that the user names for one that is there. */
  @Override
  public Optional<String> lacks(ProviderContext context) {
    return context.option(HOST.name()).isPresent() ? Optional.empty() : Cloud.GOOGLE.lacks();
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    String endpoint =
        context
            .option(HOST.name())
            .map(host -> host.contains("://") ? host : "http://" + host)
            .orElse(Cloud.GOOGLE.endpoint());
    String account = context.option(ACCOUNT.name()).orElse("default");
    try (var metadata = new MetadataService(Cloud.GOOGLE, endpoint, HOST.variable(), context)) {
      var identity =
          metadata.get(
              "/computeMetadata/v1/instance/service-accounts/"
                  + URLEncoder.encode(account, StandardCharsets.UTF_8)
                  + "/identity?audience=coder&format=full",
              Map.of("Metadata-Flavor", "Google"));
      return context.exchange("google-instance-identity", Map.of("json_web_token", jwt(identity)));
    }
  }

  /** Returns the token if it has the form of a JWT and the header shows the metadata server. */
  private static String jwt(Answer identity) throws BadAnswer {
    String token = identity.text().strip();
    boolean isGoogle = identity.header("Metadata-Flavor").orElse("").equals("Google");
    if (isGoogle && token.matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+")) return token;
    throw MetadataService.notA("an identity token from Google", identity);
  }
}
