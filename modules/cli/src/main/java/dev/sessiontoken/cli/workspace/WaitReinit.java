package dev.sessiontoken.cli.workspace;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Durations;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.client.Reinitialization;
import dev.sessiontoken.client.Reinitialization.Claimed;
import dev.sessiontoken.client.Reinitialization.NotAwaited;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import java.time.Duration;
import java.util.List;

/** Waits until a user claims this prebuilt workspace. */
public final class WaitReinit implements Command {
  private static final Flag LIMIT =
      Flag.value("--wait-timeout", "DURATION", "", "how long to wait for the claim")
          .withDefault("24h");

  @Override
  public String words() {
    return "wait-reinit";
  }

  @Override
  public String summary() {
    return "wait until a user claims this prebuilt workspace";
  }

  @Override
  public String description() {
    return """
    For templates with prebuilt workspaces: a start-up script runs before the
    workspace has an owner, and this command returns once it has one. Programs that
    hold the owner's name or credentials are restarted then:

      coder wait-reinit && systemctl --user restart my-service

    Connects again after a lost connection. Exit code 4 if the workspace is not a
    prebuilt one that waits for an owner, 6 if the time is over. --output json
    prints the ids of workspace and new owner.
    """;
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and(LIMIT, OutputFormat.FLAG);
  }

  @Override
  public Duration patience(Arguments arguments) {
    return Durations.parse(LIMIT, arguments.value(LIMIT).orElse(""));
  }

  @Override
  public Outcome run(Invocation invocation) throws SessionTokenException, InterruptedException {
    var format = OutputFormat.of(invocation.arguments());
    var deadline = Deadline.in(patience(invocation.arguments()));
    try (var client = AgentFlags.connect(invocation);
        var events = client.reinitializations()) {
      var claim = claim(events.next(deadline));
      return Outcome.ok(format == OutputFormat.JSON ? json(claim) : "");
    }
  }

  private static Claimed claim(Reinitialization event) throws Rejected {
    return switch (event) {
      case Claimed claimed -> claimed;
      case NotAwaited no ->
          throw new Rejected(
              "wait for the claim of this workspace",
              Printable.of(no.reason(), 300),
              "only agents of prebuilt workspaces have something to wait for",
              null);
    };
  }

  private static String json(Claimed claim) {
    var body =
        Json.provider()
            .createObjectBuilder()
            .add("workspace_id", claim.workspaceId().toString())
            .add("reason", claim.reason());
    claim.ownerId().ifPresent(id -> body.add("owner_id", id.toString()));
    return Printable.json(body.build().toString()) + "\n";
  }
}
