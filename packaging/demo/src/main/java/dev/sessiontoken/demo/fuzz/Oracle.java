package dev.sessiontoken.demo.fuzz;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** What must hold for every run, whatever the program was given. */
final class Oracle {
  private static final Set<Integer> CODES = Set.of(0, 1, 2, 3, 4, 5, 6, 7);
  private static final int PART_OF_TOKEN = 8;
  private static final int MOST_LINES_UNDER_GIT = 12; // that a login is waited for, and where

  /** A rule and its name. */
  private record Rule(String name, BiPredicate<Case, Trial.Result> isBroken) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule("it did not end within " + Trial.LIMIT, (_, result) -> !result.isOver()),
          new Rule("the exit code is not in the table", (_, result) -> !isKnown(result)),
          new Rule("standard output is not empty", (_, result) -> isWrongOutput(result)),
          new Rule("standard output is no URL", (each, result) -> isNoUrl(each, result)),
          new Rule("a stack trace", (_, result) -> isStackTrace(result.err())),
          new Rule("no line, or more than one, on standard error", Oracle::isNotOneLine),
          new Rule("a control character", (_, result) -> hasControl(result.err())),
          new Rule("the agent's token on standard error", (_, result) -> shows(result.err())));

  private Oracle() {}

  /** Returns the rule that the run broke; empty if it broke none. */
  static Optional<String> broken(Case each, Trial.Result result) {
    return RULES.stream()
        .filter(rule -> rule.isBroken().test(each, result))
        .map(Rule::name)
        .findFirst();
  }

  private static boolean isKnown(Trial.Result result) {
    return CODES.contains(result.status());
  }

  private static boolean isWrongOutput(Trial.Result result) {
    return result.status() > 1 && !result.out().isEmpty();
  }

  /** git's helpers print nothing where a login is due. */
  private static boolean isNoUrl(Case each, Trial.Result result) {
    boolean mayBeEmpty = each.kind() == Case.Kind.PROMPT || each.arguments().contains("gitaskpass");
    if (result.status() != 1 || (mayBeEmpty && result.out().isEmpty())) return false;
    return !result.out().startsWith("http") && !result.out().startsWith("{");
  }

  private static boolean isStackTrace(String text) {
    return text.contains("\tat ")
        || text.contains("coder:   at ")
        || text.contains("Exception in thread")
        || text.contains("Caused by:");
  }

  private static boolean isNotOneLine(Case each, Trial.Result result) {
    boolean isVerbose = each.isVerbose() || each.environment().containsKey("CODER_VERBOSE");
    if (isVerbose) return false;
    long lines = result.err().lines().count();
    if (result.status() == 0 || isUnderGit(each)) return lines > MOST_LINES_UNDER_GIT;
    return lines != 1 && result.status() != 1;
  }

  private static boolean isUnderGit(Case each) {
    return each.arguments().stream().anyMatch(word -> word.startsWith("git"))
        || each.environment().containsKey("CODER_HEADER_COMMAND")
        || each.arguments().contains("login");
  }

  /** Also C1 controls, line separators and characters that turn the direction of writing. */
  private static boolean hasControl(String text) {
    return text.codePoints()
        .anyMatch(c ->
            (c < ' ' && c != '\n')
                || (c >= 0x7f && c <= 0x9f)
                || c == 0x2028
                || c == 0x2029
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069));
  }

  private static boolean shows(String text) {
    String folded = text.toLowerCase(Locale.ROOT);
    for (int i = 0; i + PART_OF_TOKEN <= Cases.TOKEN.length(); i++) {
      if (folded.contains(Cases.TOKEN.substring(i, i + PART_OF_TOKEN))) return true;
    }
    return false;
  }
}
