package dev.sessiontoken.cli;

import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.spi.SessionTokenProviders;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.spi.JsonProvider;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

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
  public List<Flag> flags() {
    return List.of(OutputFormat.FLAG);
  }

  @Override
  public Outcome run(Invocation call) {
    var providers =
        SessionTokenProviders.all().stream()
            .sorted(Comparator.comparing(SessionTokenProvider::name))
            .toList();
    return Outcome.ok(
        OutputFormat.of(call.arguments()) == OutputFormat.JSON ? json(providers) : text(providers));
  }

  private static String text(List<SessionTokenProvider> providers) {
    var list = new StringBuilder();
    for (var provider : providers) {
      list.append(provider.name())
          .append("  (linked in: ")
          .append(SessionTokenProviders.origin(provider))
          .append(")\n");
      for (var option : provider.options()) append(list, option);
    }
    return list.toString();
  }

  private static void append(StringBuilder list, ProviderOption option) {
    list.append("    ").append(option.name()).append("  $").append(option.variable());
    shownDefault(option).ifPresent(value -> list.append(" (default: ").append(value).append(')'));
    list.append("  ").append(option.description()).append(option.secret() ? " (secret)\n" : "\n");
  }

  private static String json(List<SessionTokenProvider> providers) {
    var json = JsonProvider.provider();
    var list = json.createArrayBuilder();
    for (var provider : providers) {
      var options = json.createArrayBuilder();
      for (var option : provider.options()) options.add(json(option, json.createObjectBuilder()));
      list.add(
          json.createObjectBuilder()
              .add("name", provider.name())
              .add("kind", "linked in")
              .add("origin", SessionTokenProviders.origin(provider))
              .add("options", options));
    }
    return list.build() + "\n";
  }

  private static JsonObjectBuilder json(ProviderOption option, JsonObjectBuilder builder) {
    builder
        .add("name", option.name())
        .add("variable", option.variable())
        .add("description", option.description())
        .add("secret", option.secret());
    shownDefault(option).ifPresent(value -> builder.add("default", value));
    return builder;
  }

  private static Optional<String> shownDefault(ProviderOption option) {
    return option.secret() ? Optional.empty() : option.defaultValue();
  }
}
