package dev.sessiontoken.cli;

import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.spi.SessionTokenProviders;
import java.util.Comparator;

/** Lists the providers that {@code --auth} takes. */
final class AuthProviders implements Command {

  @Override
  public String words() {
    return "auth providers";
  }

  @Override
  public String summary() {
    return "list the ways to prove the agent that --auth takes";
  }

  @Override
  public String description() {
    return """
    Lists each provider of this installation with where it comes from and the
    options it takes: name, environment variable and meaning.
    """;
  }

  @Override
  public Outcome run(Invocation call) {
    var list = new StringBuilder();
    SessionTokenProviders.all().stream()
        .sorted(Comparator.comparing(SessionTokenProvider::name))
        .forEach(provider -> append(list, provider));
    return Outcome.ok(list.toString());
  }

  private static void append(StringBuilder list, SessionTokenProvider provider) {
    list.append(provider.name())
        .append("  (linked in: ")
        .append(SessionTokenProviders.origin(provider))
        .append(")\n");
    for (var option : provider.options()) append(list, option);
  }

  private static void append(StringBuilder list, ProviderOption option) {
    list.append("    ").append(option.name()).append("  $").append(option.variable());
    option.defaultValue().ifPresent(value -> list.append(" (default: ").append(value).append(')'));
    list.append("  ").append(option.description()).append(option.secret() ? " (secret)\n" : "\n");
  }
}
