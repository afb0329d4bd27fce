package dev.sessiontoken.cli.process;

import dev.sessiontoken.client.CoderClient;
import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.Map;

/** A process that runs one command: it may do anything, and keeps no client. */
public record OwnProcess() implements Host {

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public void requireOwn(String what) {}

  @Override
  public CoderClient connect(
      DeploymentSettings settings, SessionTokenProvider provider, Map<String, String> options)
      throws NotConfigured {
    return new CoderClient(settings, provider, options);
  }
}
