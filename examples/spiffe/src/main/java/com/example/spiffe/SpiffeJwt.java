package com.example.spiffe;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.spi.SessionTokenProvider;
import io.spiffe.exception.JwtSvidException;
import io.spiffe.exception.SocketEndpointAddressException;
import io.spiffe.workloadapi.DefaultWorkloadApiClient;
import io.spiffe.workloadapi.DefaultWorkloadApiClient.ClientOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Gets a JWT of the workload's SPIFFE identity from the SPIRE agent of the machine. */
public final class SpiffeJwt implements SessionTokenProvider {
  private static final String STEP = "ask the SPIFFE Workload API";

  private static final ProviderOption SOCKET =
      ProviderOption.plain("socket", "SPIFFE_ENDPOINT_SOCKET", "such as unix:/run/spire/agent.sock");

  @Override
  public String name() {
    return "spiffe-jwt";
  }

  @Override
  public List<ProviderOption> options() {
    return List.of(SOCKET.asRequired());
  }

  @Override
  public SessionToken obtain(ProviderContext context) throws SessionTokenException {
    String socket = context.option("socket").orElse("");
    if (!exists(socket)) {
      throw new NotConfigured(STEP, "no socket " + socket, "start the SPIRE agent", null);
    }
    var options = ClientOptions.builder().spiffeSocketPath(socket).build();
    try (var client = DefaultWorkloadApiClient.newClient(options)) {
      var svid = client.fetchJwtSvid(context.deployment().toString());
      return new SessionToken(svid.getToken(), java.util.Optional.of(svid.getExpiry().toInstant()));
    } catch (SocketEndpointAddressException e) {
      throw new NotConfigured(STEP, "the socket's URI is wrong", "see SPIFFE_ENDPOINT_SOCKET", e);
    } catch (JwtSvidException | IOException e) {
      throw new Unreachable(STEP, "it gives no JWT", "is the workload registered?", e);
    }
  }

  private static boolean exists(String socket) {
    try {
      return Files.exists(Path.of(URI.create(socket).getPath()));
    } catch (IllegalArgumentException | NullPointerException e) {
      return false;
    }
  }
}
