package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.agent.ExtraField;
import dev.sessiontoken.cli.agent.NoSuchFieldInAnswerException;
import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import java.util.List;
import java.util.Set;

/**
 * An environment variable that {@code coder exec} sets.
 *
 * @param name letters, digits and underscores
 * @param what {@code token}, {@code username} or a GJSON path into the provider's answer
 */
record ExecVariable(String name, String what) {
  private static final String TOKEN = "token";

  /** These change which programs run, and how: a value from outside must not. */
  private static final Set<String> REFUSED =
      Set.of("PATH", "IFS", "ENV", "BASH_ENV", "SHELLOPTS", "BASHOPTS", "PS4", "HOME");

  /**
   * Parses {@code NAME} or {@code NAME=WHAT}.
   *
   * @throws UsageException if the name is none, or changes how programs are loaded
   */
  static ExecVariable parse(String text) {
    int sign = text.indexOf('=');
    String name = sign < 0 ? text : text.substring(0, sign);
    String what = sign < 0 ? TOKEN : text.substring(sign + 1);
    if (!isName(name))
      throw new UsageException("--env wants NAME or NAME=token, username or a path");
    if (REFUSED.contains(name) || name.startsWith("LD_") || name.startsWith("DYLD_")) {
      throw new UsageException("--env does not set " + Printable.of(name, 60));
    }
    var variable = new ExecVariable(name, what);
    if (variable.isPath()) ExtraField.parse(what);
    return variable;
  }

  private static boolean isName(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
      if (!isLetter && (i == 0 || c < '0' || c > '9')) return false;
    }
    return !name.isEmpty();
  }

  /**
   * Returns the variables that programs read for a type of provider.
   *
   * @throws UsageException for a type without such a custom
   */
  static List<ExecVariable> usual(String provider, String type) {
    return switch (type) {
      case "github" -> List.of(token("GH_TOKEN"), token("GITHUB_TOKEN"));
      case "gitlab" -> List.of(token("GITLAB_TOKEN"));
      case "slack" -> List.of(token("SLACK_TOKEN"));
      case "jfrog" -> List.of(token("JF_ACCESS_TOKEN"));
      default ->
          throw new UsageException(
              "programs have no usual variable for "
                  + Printable.of(provider, 60)
                  + ": name one with --env");
    };
  }

  private static ExecVariable token(String name) {
    return new ExecVariable(name, TOKEN);
  }

  private boolean isPath() {
    return !what.equals(TOKEN) && !what.equals("username");
  }

  /**
   * Returns the line {@code NAME=value} for the launcher.
   *
   * @throws BadAnswer if the value has several lines, or another control character
   */
  String line(ExternalAuth.Linked linked) throws NoSuchFieldInAnswerException, BadAnswer {
    String value =
        switch (what) {
          case TOKEN -> linked.accessToken();
          case "username" -> linked.username();
          default -> ExtraField.parse(what).of(linked, OutputFormat.TEXT);
        };
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) throw wrong();
    }
    return name + "=" + value + "\n";
  }

  private BadAnswer wrong() {
    return new BadAnswer(
        "set the variable " + name,
        "its value holds line ends or other control characters",
        "--env says which field it is",
        null);
  }
}
