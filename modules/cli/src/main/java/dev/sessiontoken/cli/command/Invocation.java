package dev.sessiontoken.cli.command;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.process.ChildProcesses;
import dev.sessiontoken.discovery.DroppedInProviders;
import dev.sessiontoken.http.Trace;
import dev.sessiontoken.spi.Deadline;
import java.time.InstantSource;

/**
 * One call of a command.
 *
 * @param arguments what the user gave
 * @param deadline when it must have ended, waiting for people aside
 * @param clock tells the time of day
 * @param trace told each step
 * @param terminal for commands that say something before they end; the answer is in the outcome
 * @param droppedIn the providers that are not linked in
 * @param children those of its processes that must not outlive it
 */
public record Invocation(
    Arguments arguments,
    Deadline deadline,
    InstantSource clock,
    Trace trace,
    Terminal terminal,
    DroppedInProviders droppedIn,
    ChildProcesses children) {

  /** The only operand of a command that takes one. */
  public String operand() {
    return arguments.operands().getFirst();
  }

  /** Says a line to the user. */
  public void tell(String line) {
    terminal.err().print(line + "\n");
    terminal.err().flush();
  }
}
