package dev.sessiontoken.cli;

import java.util.List;

/** One thing a user can ask for. Keeps no state: what it needs comes with the call. */
interface Command {

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

  /** Its flags, in the order in which help shows them. */
  default List<Flag> flags() {
    return List.of();
  }

  /**
   * Does it, within the call's deadline. What it throws is said and mapped to an exit code by
   * {@link Coder}.
   */
  Outcome run(Invocation call) throws Exception;
}
