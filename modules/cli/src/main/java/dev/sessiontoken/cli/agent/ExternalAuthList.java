package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.client.ProviderPattern;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.Printable;
import java.util.List;

/** Lists the providers that the deployment names to an agent. */
public final class ExternalAuthList implements Command {
  private static final int MAX_LINE = 300;

  @Override
  public String words() {
    return "external-auth list";
  }

  @Override
  public String summary() {
    return "list the providers that serve URLs";
  }

  @Override
  public String description() {
    return """
    Lists each provider that serves URLs, with the pattern of these. A deployment
    does not tell an agent of others: the user's page /settings/external-auth does.
    """;
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and(OutputFormat.FLAG);
  }

  @Override
  public boolean isForResident(Arguments arguments) {
    return AgentFlags.isForResident(arguments);
  }

  @Override
  public Outcome run(Invocation invocation) throws Exception {
    var format = OutputFormat.of(invocation.arguments());
    try (var client = AgentFlags.connect(invocation)) {
      var providers = client.providers(invocation.deadline());
      if (providers.isEmpty())
        invocation.tell("coder: the deployment names no provider to an agent");
      return Outcome.ok(format == OutputFormat.JSON ? json(providers) : text(providers));
    }
  }

  private static String text(List<ProviderPattern> providers) {
    var list = new StringBuilder();
    for (var provider : providers) {
      list.append(Printable.of(provider.id(), MAX_LINE)).append("  ");
      list.append(Printable.of(provider.pattern(), MAX_LINE)).append('\n');
    }
    return list.toString();
  }

  private static String json(List<ProviderPattern> providers) {
    var json = Json.provider();
    var list = json.createArrayBuilder();
    for (var provider : providers) {
      list.add(
          json.createObjectBuilder().add("id", provider.id()).add("pattern", provider.pattern()));
    }
    return Printable.json(list.build().toString()) + "\n";
  }
}
