package dev.sessiontoken.cli.git;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Adds this program to git's configuration as credential helper, or takes it out. */
public final class SetupGit implements Command {
  private static final Flag HOST =
      Flag.value("--host", "HOST", "", "for this host alone: github.com, https://host/path")
          .repeated();
  private static final Flag GLOBAL =
      Flag.onOff("--global", "", "", "for all repositories of the user; the default");
  private static final Flag LOCAL =
      Flag.onOff("--local", "", "", "for the repository in the current folder");
  private static final Flag HELPER =
      Flag.value(
          "--helper", "COMMAND", "", "what git is told to call instead of git-credential-coder");
  private static final Flag DRY_RUN =
      Flag.onOff("--dry-run", "", "", "say what would be done and do nothing");
  private static final Flag UNDO =
      Flag.onOff("--undo", "", "", "take out the lines that this command has put in");

  @Override
  public String words() {
    return "setup git";
  }

  @Override
  public String summary() {
    return "have git get its logins here, as a credential helper";
  }

  @Override
  public String description() {
    return """
    Adds lines to git's configuration by which git asks this program for logins, for
    the hosts given or for all: credential.<url>.helper, and for a host with a path,
    credential.<url>.useHttpPath. Lines that are there are not added again; --undo
    with the same flags takes out these lines and no others. Says what it did.

      coder setup git --host github.com
    """;
  }

  @Override
  public List<Flag> flags() {
    return List.of(HOST, GLOBAL, LOCAL, HELPER, DRY_RUN, UNDO);
  }

  @Override
  public Outcome run(Invocation invocation)
      throws NotConfigured, Unreachable, InterruptedException {
    var arguments = invocation.arguments();
    boolean isLocal = arguments.isOn(LOCAL);
    if (isLocal && arguments.isOn(GLOBAL))
      throw new UsageException("--global or --local, not both");
    var config = new GitConfig(isLocal ? "--local" : "--global", invocation);
    String helper = arguments.value(HELPER).orElse("");
    if (helper.isEmpty()) helper = ownHelper();
    var done = new StringBuilder();
    for (String section : sections(arguments)) {
      var lines = lines(section, helper);
      if (arguments.isOn(UNDO)) remove(lines, config, arguments.isOn(DRY_RUN), done);
      else add(lines, config, arguments.isOn(DRY_RUN), done);
    }
    return Outcome.ok(done.toString());
  }

  /**
   * Returns what stands between {@code credential.} and {@code helper}: the URL and a full stop.
   */
  private static List<String> sections(Arguments arguments) {
    var sections = new ArrayList<String>();
    for (String host : arguments.values(HOST)) {
      String url = host.contains("://") ? host : "https://" + host;
      if (!url.matches("(?i)https?://[^\\s/?#@\"'\\\\]+(/[^\\s?#\"'\\\\]*)?")) {
        throw new UsageException("--host wants a host such as github.com");
      }
      sections.add(url.replaceFirst("/+$", "") + ".");
    }
    return sections.isEmpty() ? List.of("") : sections;
  }

  private static List<GitConfig.Line> lines(String section, String helper) {
    var lines = new ArrayList<GitConfig.Line>();
    lines.add(new GitConfig.Line("credential." + section + "helper", helper));
    boolean hasPath = section.replaceFirst("://", "").contains("/");
    if (hasPath) lines.add(new GitConfig.Line("credential." + section + "useHttpPath", "true"));
    return lines;
  }

  private static void add(
      List<GitConfig.Line> lines, GitConfig config, boolean dry, StringBuilder done)
      throws NotConfigured, Unreachable, InterruptedException {
    for (var line : lines) {
      boolean isThere = config.has(line);
      if (!isThere && !dry) config.add(line);
      done.append(isThere ? "is there already: " : dry ? "would add: " : "added: ");
      done.append(line).append('\n');
    }
  }

  /** Leaves a {@code useHttpPath} before the helper's line alone: the user has set it. */
  private static void remove(
      List<GitConfig.Line> lines, GitConfig config, boolean dry, StringBuilder done)
      throws NotConfigured, Unreachable, InterruptedException {
    var helper = lines.getFirst();
    for (var line : lines.reversed()) {
      boolean isOurs = line.equals(helper) ? config.has(line) : config.hasAfter(helper, line);
      if (isOurs && !dry) config.remove(line);
      done.append(!isOurs ? "is not there: " : dry ? "would remove: " : "removed: ");
      done.append(line).append('\n');
    }
  }

  /** Returns the path of {@code git-credential-coder} in the image that runs. */
  private static String ownHelper() throws NotConfigured {
    var java = ProcessHandle.current().info().command().map(Path::of);
    var helper = java.map(file -> file.resolveSibling("git-credential-coder"));
    if (helper.isEmpty() || !Files.isExecutable(helper.get())) {
      throw new NotConfigured(
          "find git-credential-coder",
          "it is not beside this program",
          "--helper says what git is to call",
          null);
    }
    String path = helper.get().toString();
    return path.matches("[\\w./+@:,-]+")
        ? path
        : "!'" + path.replace("'", "'\\''") + "'"; // git runs this form in a shell
  }
}
