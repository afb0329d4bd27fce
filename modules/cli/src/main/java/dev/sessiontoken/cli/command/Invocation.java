package dev.sessiontoken.cli.command;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.process.ChildProcesses;
import dev.sessiontoken.cli.process.Host;
import dev.sessiontoken.http.Pause;
import dev.sessiontoken.http.Trace;
import dev.sessiontoken.spi.Deadline;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * One call of a command, with all that the command may use.
 *
 * @param arguments what the user gave
 * @param deadline end of the call; waiting for a person is not counted
 * @param clock the time of day
 * @param pause waits between tries and polls
 * @param trace gets each step
 * @param terminal for a command that writes before it ends; its answer is in the outcome
 * @param droppedIn the providers that are not linked in
 * @param children starts programs, which end with this one
 * @param host the process that runs the command
 * @param image the folder of the image
 * @param launcher absolute path by which the program was called, links in it not followed
 */
public record Invocation(
    Arguments arguments,
    Deadline deadline,
    InstantSource clock,
    Pause pause,
    Trace trace,
    Terminal terminal,
    DroppedInJars droppedIn,
    ChildProcesses children,
    Host host,
    Path image,
    Path launcher) {

  /** Returns the only operand of a command that takes one. */
  public String operand() {
    return arguments.operands().getFirst();
  }

  /** Writes a line to standard error. */
  public void tell(String line) {
    terminal.err().print(line + "\n");
    terminal.err().flush();
  }
}
