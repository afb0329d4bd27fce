package dev.sessiontoken.provider.azure;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.http.Cloud;
import dev.sessiontoken.http.MetadataService;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Proves which agent this is by the attested document of its Azure machine, in two requests: the
 * document with its signature from the metadata service, and its exchange for a session token at
 * the deployment.
 *
 * <p>Path, header and fields follow the documentation "Azure Instance Metadata Service", section
 * "Attested data". {@link #obtain} blocks, until the context's deadline at most.
 */
public final class AzureInstanceIdentity implements SessionTokenProvider {
  private static final ProviderOption ENDPOINT =
      ProviderOption.plain(
              "metadata-endpoint",
              "AZURE_POD_IDENTITY_AUTHORITY_HOST",
              "URL of the metadata service")
          .withDefault(Cloud.AZURE.endpoint());

  @Override
  public String name() {
    return "azure-instance-identity";
  }

  @Override
  public List<ProviderOption> options() {
    return List.of(ENDPOINT);
  }

  /** Takes a service that the user names for one that is there. */
  @Override
  public Optional<String> lacks(ProviderContext context) {
    String endpoint = context.option(ENDPOINT.name()).orElse(Cloud.AZURE.endpoint());
    return endpoint.equals(Cloud.AZURE.endpoint()) ? Cloud.AZURE.lacks() : Optional.empty();
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    String endpoint = context.option(ENDPOINT.name()).orElse(Cloud.AZURE.endpoint());
    try (var metadata = new MetadataService(Cloud.AZURE, endpoint, ENDPOINT.variable(), context)) {
      var attested =
          metadata.get(
              "/metadata/attested/document?api-version=2020-09-01", Map.of("Metadata", "true"));
      return context.exchange(
          "azure-instance-identity",
          Map.of(
              "signature", field(attested, "signature"), "encoding", field(attested, "encoding")));
    }
  }

  private static String field(Answer attested, String name) throws BadAnswer {
    String value = attested.json().getString(name, "");
    if (value.isEmpty()) throw MetadataService.notA("an attested document", attested);
    return value;
  }
}
