package dev.sessiontoken.cli.git;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.SetupFlags;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.util.ArrayList;
import java.util.List;

/** Adds this program to git's configuration as credential helper, or takes it out. */
public final class SetupGit implements Command {
  private static final Flag GLOBAL =
      Flag.onOff("--global", "", "", "for all repositories of the user; the default");
  private static final Flag LOCAL =
      Flag.onOff("--local", "", "", "for the repository in the current folder");
  private static final Flag HELPER =
      Flag.value(
          "--helper", "COMMAND", "", "what git is told to call instead of git-credential-coder");
  private static final Flag KEEP_OTHERS =
      Flag.onOff("--keep-others", "", "", "add no empty helper: git asks other helpers too");

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
    credential.<url>.useHttpPath. For the hosts given, an empty helper comes first:
    git then asks no helper named before it, and gives none the token to keep.

    Lines that are there are not added again, those of another version are replaced;
    --undo with the same flags takes out these lines and no others. Says what it
    did, and which helpers git asks if this program is not the only one.

      coder setup git --host github.com
    """;
  }

  @Override
  public List<Flag> flags() {
    return List.of(
        SetupFlags.HOST, GLOBAL, LOCAL, HELPER, KEEP_OTHERS, SetupFlags.DRY_RUN, SetupFlags.UNDO);
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
    if (helper.isEmpty()) helper = OwnHelper.find(invocation.launcher());
    config.requireRegularFile();
    var setup = new HelperSetup(helper, config, invocation, arguments.isOn(SetupFlags.DRY_RUN));
    var done = new StringBuilder();
    for (String url : urls(arguments)) {
      if (arguments.isOn(SetupFlags.UNDO)) setup.undo(url, done);
      else setup.add(url, !url.isEmpty() && !arguments.isOn(KEEP_OTHERS), done);
    }
    return Outcome.ok(done.toString());
  }

  /** Returns the URLs of the hosts given; empty text for all hosts. */
  private static List<String> urls(Arguments arguments) {
    var urls = new ArrayList<String>();
    for (String host : arguments.values(SetupFlags.HOST)) {
      String url = host.contains("://") ? host : "https://" + host;
      if (!url.matches("(?i)https?://[^\\s/?#@\"'\\\\]+(/[^\\s?#\"'\\\\]*)?")) {
        throw new UsageException("--host wants a host such as github.com");
      }
      urls.add(url.replaceFirst("/+$", ""));
    }
    return urls.isEmpty() ? List.of("") : urls;
  }
}
