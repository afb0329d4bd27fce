package dev.sessiontoken.cli.git;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines by which one of git's files names this program as credential helper of a URL: an empty
 * one, at which git forgets the helpers before it, and that of the program.
 *
 * @param key of both lines
 * @param helper what git is to call
 * @param isAlone whether the empty line is wanted
 * @param config the file
 */
record HelperLines(String key, String helper, boolean isAlone, GitConfig config) {
  private static final String NAME = "/git-credential-coder";

  private GitConfig.Line line(String value) {
    return new GitConfig.Line(key, value);
  }

  /** Returns the lines that are wanted, in order. */
  List<GitConfig.Line> wanted() {
    return isAlone ? List.of(line(""), line(helper)) : List.of(line(helper));
  }

  /**
   * Returns whether a line is one of this program's: of another version, at another place, or in
   * quotation marks as well.
   */
  boolean isOurs(String value) {
    if (value.equals(helper)) return true;
    String path = value.startsWith("!") ? value.substring(1).strip() : value;
    char quote = path.isEmpty() ? ' ' : path.charAt(0);
    boolean isQuoted = (quote == '\'' || quote == '"') && path.length() > 1;
    if (isQuoted && path.indexOf(quote, 1) >= 0) path = path.substring(1, path.lastIndexOf(quote));
    return path.endsWith(NAME);
  }

  /** Returns the lines of this program in the file other than the wanted one. */
  List<GitConfig.Line> outdated() throws NotConfigured, Unreachable, InterruptedException {
    return found().stream().filter(line -> !line.value().equals(helper)).toList();
  }

  /** Returns whether the wanted lines are the last ones of their key. */
  boolean areThere() throws NotConfigured, Unreachable, InterruptedException {
    var values = config.values(key);
    if (!isAlone) return values.contains(helper);
    var end = values.subList(Math.max(0, values.size() - 2), values.size());
    return end.equals(List.of("", helper));
  }

  /** Adds the wanted lines as the last ones of their key. */
  void add() throws NotConfigured, Unreachable, InterruptedException {
    if (isAlone) {
      var values = config.values(key);
      if (values.contains(helper)) config.unset(line(helper));
      boolean isBeforeOthers = values.contains("") && !others(values).getLast().isEmpty();
      if (isBeforeOthers) config.append(line(""));
      else config.add(line(""));
    }
    config.add(line(helper));
  }

  private List<String> others(List<String> values) {
    return values.stream().filter(value -> !value.equals(helper)).toList();
  }

  /** Returns the lines of this program in the file, each once. */
  List<GitConfig.Line> found() throws NotConfigured, Unreachable, InterruptedException {
    return config.values(key).stream().filter(this::isOurs).distinct().map(this::line).toList();
  }

  /** Returns whether another line stands behind one of this program. */
  boolean areBefore(GitConfig.Line other) throws NotConfigured, Unreachable, InterruptedException {
    for (var each : found()) if (config.hasAfter(each, other)) return true;
    return false;
  }

  /** Removes every line of this program, and an empty line before each. */
  void remove() throws NotConfigured, Unreachable, InterruptedException {
    var values = config.values(key);
    var kept = new ArrayList<String>();
    for (String value : values) {
      if (!isOurs(value)) kept.add(value);
      else if (!kept.isEmpty() && kept.getLast().isEmpty()) kept.removeLast();
    }
    boolean isInParts = kept.contains(""); // git removes all equal lines or none
    for (String value : values.stream().distinct().toList()) {
      if (isInParts || !kept.contains(value)) config.unset(line(value));
    }
    if (isInParts) for (String value : kept) config.append(line(value));
    config.removeBareHead(line(helper));
  }
}
