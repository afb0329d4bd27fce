package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.discovery.Installation;
import dev.sessiontoken.discovery.ProviderDescription;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dropped-in provider in a chain. Its jar is loaded when the chain has come to it: until then no
 * code of the jar runs.
 */
final class DroppedInLink implements SessionTokenProvider {
  private final ProviderDescription description;
  private final List<Installation> among;
  private final Invocation invocation;
  private @Nullable SessionTokenProvider loaded;

  /**
   * A provider that is not loaded yet.
   *
   * @param among what was listed for its name
   */
  DroppedInLink(ProviderDescription description, List<Installation> among, Invocation invocation) {
    this.description = description;
    this.among = among;
    this.invocation = invocation;
  }

  @Override
  public String name() {
    return description.name();
  }

  @Override
  public List<ProviderOption> options() {
    return description.options();
  }

  @Override
  public Optional<String> lacks(ProviderContext context) {
    try {
      return loaded().lacks(context);
    } catch (NotConfigured e) {
      return Optional.of(e.problem());
    }
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    return loaded().obtain(context);
  }

  private synchronized SessionTokenProvider loaded() throws NotConfigured {
    var present = loaded;
    if (present != null) return present;
    var found = invocation.droppedIn().load(name(), among);
    present = found.orElseThrow(() -> AgentFlags.unknown(name(), among));
    loaded = present;
    return present;
  }
}
