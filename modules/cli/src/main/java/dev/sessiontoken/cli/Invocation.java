package dev.sessiontoken.cli;

import dev.sessiontoken.http.Trace;
import dev.sessiontoken.spi.Deadline;
import java.time.InstantSource;

/**
 * One call of a command.
 *
 * @param arguments what the user gave
 * @param deadline when it must have ended
 * @param clock tells the time of day
 * @param trace told each step
 */
record Invocation(Arguments arguments, Deadline deadline, InstantSource clock, Trace trace) {

  /** The only operand of a command that takes one. */
  String operand() {
    return arguments.operands().getFirst();
  }
}
