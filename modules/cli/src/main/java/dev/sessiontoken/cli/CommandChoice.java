package dev.sessiontoken.cli;

import dev.sessiontoken.cli.command.Command;
import java.util.List;
import java.util.Optional;

/**
 * The command that the first operands of a command line name.
 *
 * @param command the command, if its words were all given
 * @param words the operands that were taken as words of a command, with single spaces between
 * @param count the number of these operands
 * @param isKnown whether the words are a command or the beginning of one
 */
record CommandChoice(Optional<Command> command, String words, int count, boolean isKnown) {

  /** Takes operands as words as long as a command begins with them. */
  static CommandChoice among(List<Command> commands, List<String> operands) {
    String words = "";
    for (int i = 0; i < operands.size(); i++) {
      words = words.isEmpty() ? operands.get(i) : words + " " + operands.get(i);
      var command = exactly(commands, words);
      if (command.isPresent()) return new CommandChoice(command, words, i + 1, true);
      if (beginning(commands, words).isEmpty()) {
        return new CommandChoice(Optional.empty(), words, i + 1, false);
      }
    }
    return new CommandChoice(Optional.empty(), words, operands.size(), true);
  }

  /** Returns the commands whose words begin with the given words. */
  static List<Command> beginning(List<Command> commands, String words) {
    if (words.isEmpty()) return commands;
    return commands.stream().filter(each -> each.words().startsWith(words + " ")).toList();
  }

  private static Optional<Command> exactly(List<Command> commands, String words) {
    for (var each : commands) if (each.words().equals(words)) return Optional.of(each);
    return Optional.empty();
  }
}
