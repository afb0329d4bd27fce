package dev.sessiontoken.cli;

import dev.sessiontoken.cli.args.CommonFlags;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.Command;
import java.util.List;

/** Composes the texts of {@code --help}, from the commands and their flags. */
final class Help {
  private static final int INDENT = 10;

  private Help() {}

  /** Returns the help of the program, or of a group: the commands that begin with the words. */
  static String of(String words, List<Command> commands) {
    var text = new StringBuilder("Usage: coder ");
    if (!words.isEmpty()) text.append(words).append(' ');
    text.append("COMMAND [flags] [arguments]\n\n");
    if (words.isEmpty()) {
      text.append("Credentials of a workspace of a Coder deployment.\n\n");
    }
    text.append("Commands:\n");
    for (var command : commands) {
      text.append("  ").append(command.words());
      text.append("\n        ").append(command.summary()).append('\n');
    }
    text.append("\n\"coder COMMAND --help\" says more of each.\n");
    return text.toString();
  }

  /** Returns the help of one command. */
  static String of(Command command) {
    var text = new StringBuilder("Usage: coder ").append(command.words()).append(" [flags]");
    for (String operand : command.operands()) text.append(" <").append(operand).append('>');
    for (String operand : command.optionalOperands()) {
      text.append(" [<").append(operand).append(">]");
    }
    text.append("\n\n").append(command.description()).append("\nFlags:\n");
    for (var flag : command.flags()) append(text, flag);
    for (var flag : CommonFlags.ALL) append(text, flag);
    return text.toString();
  }

  private static void append(StringBuilder text, Flag flag) {
    text.append("  ");
    if (!flag.alias().isEmpty()) text.append(flag.alias()).append(", ");
    text.append(flag.name());
    if (!flag.bareValue().isEmpty()) text.append("[=").append(flag.metaVar()).append(']');
    else if (!flag.isSwitch()) text.append(' ').append(flag.metaVar());
    if (!flag.variable().isEmpty()) text.append(", $").append(flag.variable());
    if (!flag.defaultValue().isEmpty()) {
      text.append(" (default: ").append(flag.defaultValue()).append(')');
    }
    text.append('\n').repeat(' ', INDENT).append(flag.usage());
    text.append(flag.repeatable() ? "; may be repeated\n" : "\n");
  }
}
