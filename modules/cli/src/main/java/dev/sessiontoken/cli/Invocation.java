package dev.sessiontoken.cli;

import dev.sessiontoken.http.Trace;
import dev.sessiontoken.spi.Deadline;

/**
 * One call of a command.
 *
 * @param arguments what the user gave
 * @param deadline when it must have ended
 * @param trace told each step
 */
record Invocation(Arguments arguments, Deadline deadline, Trace trace) {

  /** The only operand of a command that takes one. */
  String operand() {
    return arguments.operands().getFirst();
  }
}
