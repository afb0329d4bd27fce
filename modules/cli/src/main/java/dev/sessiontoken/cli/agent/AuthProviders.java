package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.discovery.SessionTokenProviders;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.ProviderOption;
import jakarta.json.JsonObjectBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Lists the providers that {@code --auth} takes. */
public final class AuthProviders implements Command {

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
    Lists each provider of this installation with where it comes from, its version
    and the options it takes: name, environment variable and meaning. Jars that were
    dropped in and cannot be used are listed with the reason; -v tells how each is
    loaded, as modules or as a class path.

    --auth takes one name, or several with commas between them: the first provider
    that is configured here proves the agent. The last entry of the list shows for
    which names "auto" stands, in their order.

    Jars are dropped into the folders of $CODER_AUTH_PROVIDER_PATH, or else into the
    folder "providers" of the image.
    """;
  }

  @Override
  public List<Flag> flags() {
    return List.of(OutputFormat.FLAG);
  }

  @Override
  public Outcome run(Invocation invocation) throws InterruptedException {
    var installed = new ArrayList<ListedProvider>();
    for (var provider : SessionTokenProviders.all())
      installed.add(ListedProvider.linkedIn(provider));
    installed.sort(Comparator.comparing(ListedProvider::name));
    for (var each : invocation.droppedIn().all(invocation.deadline())) {
      installed.addAll(ListedProvider.in(each));
      if (invocation.trace().isShown()) invocation.trace().tell(each.place() + " is " + each.way());
    }
    installed.add(ListedProvider.automatic());
    return Outcome.ok(
        OutputFormat.of(invocation.arguments()) == OutputFormat.JSON
            ? json(installed)
            : text(installed));
  }

  private static String text(List<ListedProvider> installed) {
    var list = new StringBuilder();
    for (var each : installed) {
      list.append(each.name().isEmpty() ? each.origin() : each.name())
          .append("  (")
          .append(each.kind());
      if (!each.name().isEmpty()) list.append(": ").append(each.origin());
      if (!each.version().isEmpty()) list.append(", version ").append(each.version());
      each.problem().ifPresent(problem -> list.append(", broken: ").append(problem));
      list.append(")\n");
      for (var option : each.options()) append(list, option);
    }
    return list.toString();
  }

  private static void append(StringBuilder list, ProviderOption option) {
    list.append("    ").append(option.name());
    if (!option.variable().isEmpty()) list.append("  $").append(Printable.of(option.variable()));
    shownDefault(option).ifPresent(value -> list.append(" (default: ").append(value).append(')'));
    list.append("  ").append(Printable.of(option.description()));
    if (option.required()) list.append(" (required)");
    list.append(option.secret() ? " (secret)\n" : "\n");
  }

  private static String json(List<ListedProvider> installed) {
    var json = Json.provider();
    var list = json.createArrayBuilder();
    for (var each : installed) {
      var options = json.createArrayBuilder();
      for (var option : each.options()) options.add(json(option, json.createObjectBuilder()));
      var entry = json.createObjectBuilder();
      if (!each.name().isEmpty()) entry.add("name", each.name());
      entry
          .add("kind", each.kind())
          .add("origin", each.origin())
          .add("version", each.version())
          .add("state", each.problem().isPresent() ? "broken" : "usable")
          .add("options", options);
      each.problem().ifPresent(problem -> entry.add("problem", problem));
      list.add(entry);
    }
    return Printable.json(list.build().toString()) + "\n";
  }

  private static JsonObjectBuilder json(ProviderOption option, JsonObjectBuilder builder) {
    builder
        .add("name", option.name())
        .add("variable", option.variable())
        .add("description", option.description())
        .add("secret", option.secret())
        .add("required", option.required());
    shownDefault(option).ifPresent(value -> builder.add("default", value));
    return builder;
  }

  private static Optional<String> shownDefault(ProviderOption option) {
    return option.secret() ? Optional.empty() : option.defaultValue().map(Printable::of);
  }
}
