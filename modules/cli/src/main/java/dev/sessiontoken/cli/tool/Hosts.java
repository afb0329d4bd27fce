package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import jakarta.json.JsonObject;
import java.util.List;

/** Shows the hosts map. */
public final class Hosts implements Command {
  private static final int MAX_LINE = 300;

  @Override
  public String words() {
    return "hosts";
  }

  @Override
  public String summary() {
    return "show which hosts tools get tokens for, and from which provider";
  }

  @Override
  public String description() {
    return """
    Shows the hosts map: each line with the file that holds it. Tools such as docker
    get the token of the provider that the map names for their host, and no answer
    for other hosts. The first line that fits a host holds: CODER_HOSTS comes before
    /etc/coder/hosts, and ~/.config/coder/hosts is last. A line is
      HOST[/PATH] PROVIDER [user=NAME|user=@sub] [header=Bearer]
    CODER_HOSTS holds such lines, with ";" or line ends between them, or the path of
    a file. "coder setup host" adds lines to the user's file.
    """;
  }

  @Override
  public List<Flag> flags() {
    return List.of(OutputFormat.FLAG);
  }

  @Override
  public Outcome run(Invocation invocation) throws NotConfigured {
    var format = OutputFormat.of(invocation.arguments());
    var map = HostsMap.of(invocation.arguments());
    if (map.rules().isEmpty()) {
      invocation.tell("coder: the hosts map is empty; \"coder setup host\" adds a line");
    }
    return Outcome.ok(format == OutputFormat.JSON ? json(map) : text(map));
  }

  private static String text(HostsMap map) {
    var text = new StringBuilder();
    for (var rule : map.rules()) {
      text.append(Printable.of(rule.text(), MAX_LINE)).append("  # ");
      text.append(Printable.of(rule.origin().toString(), MAX_LINE));
      map.before(rule)
          .ifPresent(first ->
              text.append(", not used: ")
                  .append(Printable.of(first.origin() + " comes first", MAX_LINE)));
      text.append('\n');
    }
    return text.toString();
  }

  private static String json(HostsMap map) {
    var list = Json.provider().createArrayBuilder();
    for (var rule : map.rules()) list.add(json(rule, map.before(rule).isEmpty()));
    return Printable.json(list.build().toString()) + "\n";
  }

  private static JsonObject json(HostRule rule, boolean isUsed) {
    var json = Json.provider().createObjectBuilder();
    json.add("host", rule.place().host()).add("path", rule.place().path());
    json.add("provider", rule.provider()).add("user", rule.user().orElse(""));
    json.add("header", rule.isBearer() ? "Bearer" : "");
    json.add("source", rule.origin().source()).add("line", rule.origin().line());
    return json.add("used", isUsed).build();
  }
}
