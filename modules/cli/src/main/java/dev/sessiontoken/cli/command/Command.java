package dev.sessiontoken.cli.command;

import dev.sessiontoken.cli.Program;
import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import java.time.Duration;
import java.util.List;

/** One thing a user can ask for. Keeps no state: what it needs comes with the call. */
public interface Command {

  /** The words that choose it, such as {@code external-auth access-token}. */
  String words();

  /** What it does, in one line of the list of commands. */
  String summary();

  /** What it does in full: paragraphs of help, each line at most 80 characters. */
  String description();

  /** The names of its operands, all of which must be given. */
  default List<String> operands() {
    return List.of();
  }

  /** Whether it can work with so many operands; by default, with one for each name. */
  default boolean accepts(Arguments arguments) {
    return arguments.operands().size() == operands().size();
  }

  /**
   * How long it may wait for a person, or for another program that people use, on top of the time
   * limit.
   *
   * @throws UsageException if the arguments say that in a way that makes no sense
   */
  default Duration patience(Arguments arguments) {
    return Duration.ZERO;
  }

  /** Its flags, in the order in which help shows them. */
  default List<Flag> flags() {
    return List.of();
  }

  /**
   * Does it, within the call's deadline. What it throws is said and mapped to an exit code by
   * {@link Program}.
   */
  Outcome run(Invocation invocation) throws Exception;
}
