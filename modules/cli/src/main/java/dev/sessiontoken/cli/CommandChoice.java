package dev.sessiontoken.cli;

import dev.sessiontoken.cli.args.CommonFlags;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.spi.Printable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which command a command line asks for. Flags may stand before its words.
 *
 * @param command the one whose words were all there
 * @param words those that were there, with single spaces
 * @param rest everything else, in order
 */
record CommandChoice(Optional<Command> command, String words, List<String> rest) {

  /**
   * Chooses among commands.
   *
   * @throws UsageException if the words begin no command
   */
  static CommandChoice among(List<Command> commands, List<String> args) {
    var rest = new ArrayList<String>();
    String words = "";
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      if (arg.startsWith("-")) {
        rest.add(arg);
        if (takesNext(arg) && i + 1 < args.size()) rest.add(args.get(++i));
        continue;
      }
      words = words.isEmpty() ? arg : words + " " + arg;
      var command = exactly(commands, words);
      if (command.isPresent()) {
        rest.addAll(args.subList(i + 1, args.size()));
        return new CommandChoice(command, words, rest);
      }
      if (beginning(commands, words).isEmpty()) throw unknown(words);
    }
    return new CommandChoice(Optional.empty(), words, rest);
  }

  /** The commands whose words begin with these. */
  static List<Command> beginning(List<Command> commands, String words) {
    if (words.isEmpty()) return commands;
    return commands.stream().filter(each -> each.words().startsWith(words + " ")).toList();
  }

  /** Whether a switch stands in the rest, under either spelling. */
  boolean has(Flag flag) {
    return rest.contains(flag.name()) || (!flag.alias().isEmpty() && rest.contains(flag.alias()));
  }

  private static Optional<Command> exactly(List<Command> commands, String words) {
    for (var each : commands) if (each.words().equals(words)) return Optional.of(each);
    return Optional.empty();
  }

  /** The command, and so its flags, is not known yet: all but the common switches take a value. */
  private static boolean takesNext(String arg) {
    if (arg.contains("=")) return false;
    for (var flag : CommonFlags.SWITCHES) {
      if (arg.equals(flag.name()) || arg.equals(flag.alias())) return false;
    }
    return true;
  }

  private static UsageException unknown(String words) {
    return new UsageException(
        "unknown command \"" + Printable.of(words, 60) + "\"; \"coder --help\" lists them");
  }
}
