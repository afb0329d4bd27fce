package dev.sessiontoken.cli.command;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import java.time.Duration;
import java.util.List;

/**
 * A command of the program. Keeps no state: all that it needs comes with the {@link Invocation},
 * and its answer is returned, not written.
 */
public interface Command {

  /** Returns the words that choose the command, such as {@code external-auth access-token}. */
  String words();

  /** Returns one line for the list of commands. */
  String summary();

  /** Returns paragraphs of help, each line at most 80 characters. */
  String description();

  /** Returns the names of the operands, all of which must be given. */
  default List<String> operands() {
    return List.of();
  }

  /** Returns the names of the operands that may follow and may be left out. */
  default List<String> optionalOperands() {
    return List.of();
  }

  /** Returns whether the number of operands fits; by default, one for each name. */
  default boolean accepts(Arguments arguments) {
    int more = arguments.operands().size() - operands().size();
    return more >= 0 && more <= optionalOperands().size();
  }

  /**
   * Returns how long the command may wait for a person, or for a program that a person uses, on top
   * of the time limit.
   *
   * @throws dev.sessiontoken.cli.args.UsageException if a flag for this has no valid value
   */
  default Duration patience(Arguments arguments) {
    return Duration.ZERO;
  }

  /** Returns the flags, in the order in which help shows them. */
  default List<Flag> flags() {
    return List.of();
  }

  /**
   * Returns whether the resident helper may run the command with these arguments: it asks the
   * deployment and answers, reads no standard input beyond what the client of the helper sends,
   * names files by absolute paths, and may be run again elsewhere when the helper is ended.
   */
  default boolean isForResident(Arguments arguments) {
    return false;
  }

  /**
   * Runs the command within the deadline of the call. Blocks. What it throws is mapped to an exit
   * code and reported by {@code ErrorReport}.
   */
  Outcome run(Invocation invocation) throws Exception;
}
