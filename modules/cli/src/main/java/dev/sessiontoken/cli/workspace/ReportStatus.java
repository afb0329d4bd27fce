package dev.sessiontoken.cli.workspace;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.client.AppStatus;
import dev.sessiontoken.client.StatusReport;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;

/** Tells the dashboard what an app of the workspace is doing. */
public final class ReportStatus implements Command {
  private static final int MAX_SLUG = 60;

  /** Its variable is that of Coder's own program, which reports for AI agents. */
  private static final Flag APP =
      Flag.value(
          "--app", "SLUG", "CODER_MCP_APP_STATUS_SLUG", "slug of the coder_app in the template");

  private static final Flag PAGE =
      Flag.value("--uri", "URI", "", "where to read more, such as a pull request");

  @Override
  public String words() {
    return "report-status";
  }

  @Override
  public String summary() {
    return "tell the dashboard what an app of this workspace is doing";
  }

  @Override
  public String description() {
    return """
    Shows a state and one sentence beside the workspace in the dashboard: for
    programs that work on their own for a while, such as AI agents or long builds.
    The state is working, idle, complete or failure. A message of over 160 bytes is
    cut.

      coder report-status working "runs the tests" --app assistant

    Exit code 5 if the template has no such app.
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("state");
  }

  @Override
  public List<String> optionalOperands() {
    return List.of("message");
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and(APP, PAGE);
  }

  @Override
  public Outcome run(Invocation invocation) throws SessionTokenException, InterruptedException {
    var status = status(invocation.arguments());
    try (var client = AgentFlags.connect(invocation)) {
      var report = client.reportStatus(status, invocation.deadline());
      if (report instanceof StatusReport.UnknownApp unknown) {
        String slug = Printable.of(unknown.app(), MAX_SLUG);
        invocation.tell("coder: the template of this workspace has no app \"" + slug + "\"");
        return new Outcome(ExitCode.NOT_FOUND, "");
      }
      return Outcome.ok("");
    }
  }

  private static AppStatus status(Arguments arguments) throws NotConfigured {
    var operands = arguments.operands();
    var state = state(operands.getFirst());
    var page = arguments.value(PAGE).map(ReportStatus::page);
    String message = operands.size() > 1 ? operands.get(1) : "";
    return new AppStatus(app(arguments), state, message, page);
  }

  private static AppStatus.State state(String word) {
    for (var each : AppStatus.State.values()) {
      if (each.word().equalsIgnoreCase(word)) return each;
    }
    throw new UsageException("the state is one of working, idle, complete, failure");
  }

  private static URI page(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new UsageException("--uri wants a URI such as https://example.com/pull/1");
    }
  }

  private static String app(Arguments arguments) throws NotConfigured {
    Optional<String> app = arguments.value(APP).filter(slug -> !slug.isBlank());
    if (app.isPresent()) return app.get();
    throw new NotConfigured(
        "choose the app", "none is named", "give --app or set " + APP.variable(), null);
  }
}
