package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.SetupFlags;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.util.ArrayList;
import java.util.List;

/** Adds a line to the user's hosts file, or takes one out. */
public final class SetupHost implements Command {
  private static final Flag USER =
      Flag.value("--user", "NAME", "", "user name that goes with the token; @sub: the token's own");
  private static final Flag BEARER =
      Flag.onOff("--bearer", "", "", "go and cargo send the token as \"Bearer TOKEN\"");

  @Override
  public String words() {
    return "setup host";
  }

  @Override
  public String summary() {
    return "name the provider whose token tools use at a host";
  }

  @Override
  public String description() {
    return """
    Adds a line to the user's hosts file, ~/.config/coder/hosts: tools that ask for
    a login at the host get the token of the provider. A line that is there is not
    added again; a line for the same host with other values is changed. --undo takes
    the host's line out. Other lines and comments stay.
      coder setup host ghcr.io github
    """;
  }

  @Override
  public List<String> operands() {
    return List.of("host");
  }

  @Override
  public List<String> optionalOperands() {
    return List.of("provider");
  }

  @Override
  public boolean accepts(Arguments arguments) {
    int operands = arguments.operands().size();
    return operands == 2 || (operands == 1 && arguments.isOn(SetupFlags.UNDO));
  }

  @Override
  public List<Flag> flags() {
    return List.of(USER, BEARER, SetupFlags.DRY_RUN, SetupFlags.UNDO);
  }

  @Override
  public Outcome run(Invocation invocation) throws NotConfigured {
    var arguments = invocation.arguments();
    var edit = HostsEdit.of(arguments, arguments.isOn(SetupFlags.DRY_RUN));
    String host = arguments.operands().getFirst();
    return arguments.isOn(SetupFlags.UNDO)
        ? Outcome.ok(edit.remove(place(host)))
        : Outcome.ok(edit.add(line(host, arguments), invocation));
  }

  private static ToolHost place(String host) {
    try {
      return ToolHost.parse(host);
    } catch (NotConfigured e) {
      throw new UsageException("the host " + e.problem());
    }
  }

  private static HostRule line(String host, Arguments arguments) {
    var words = new ArrayList<>(List.of(arguments.operands().get(1)));
    arguments.value(USER).ifPresent(name -> words.add("user=" + name));
    if (arguments.isOn(BEARER)) words.add("header=Bearer");
    return HostsText.rule(place(host), words);
  }
}
