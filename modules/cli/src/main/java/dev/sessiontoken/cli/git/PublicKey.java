package dev.sessiontoken.cli.git;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import java.util.List;

/** Prints the public half of the key that the deployment keeps for the user's git. */
public final class PublicKey implements Command {
  private static final int MAX_LINE = 20_000; // RSA keys of 16 Kibit have 2,800 characters

  @Override
  public String words() {
    return "publickey";
  }

  @Override
  public String summary() {
    return "print the public half of the user's key for git over SSH";
  }

  @Override
  public String description() {
    return """
    Prints one line, as authorized_keys has it: hosts of git take it where users add
    SSH keys. "coder gitssh" uses the private half.
    """;
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and();
  }

  @Override
  public boolean isForResident(Arguments arguments) {
    return AgentFlags.isForResident(arguments);
  }

  @Override
  public Outcome run(Invocation invocation) throws SessionTokenException, InterruptedException {
    try (var client = AgentFlags.connect(invocation)) {
      var key = client.gitSshKey(invocation.deadline());
      return Outcome.ok(Printable.of(key.publicKey(), MAX_LINE) + "\n");
    }
  }
}
