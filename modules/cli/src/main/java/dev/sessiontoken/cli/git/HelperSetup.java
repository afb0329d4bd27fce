package dev.sessiontoken.cli.git;

import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;

/**
 * Makes a program the credential helper of hosts, or undoes that.
 *
 * @param helper what git is to call
 * @param config the file that is changed
 * @param invocation call of the command
 * @param isDry whether nothing is changed, and only what would be done is written
 */
record HelperSetup(String helper, GitConfig config, Invocation invocation, boolean isDry) {

  private HelperLines lines(String url, boolean isAlone) {
    String key = "credential." + (url.isEmpty() ? "" : url + ".") + "helper";
    return new HelperLines(key, helper, isAlone, config);
  }

  private static boolean hasPath(String url) {
    return url.replaceFirst("://", "").contains("/");
  }

  private static GitConfig.Line pathLine(String url) {
    return new GitConfig.Line("credential." + url + ".useHttpPath", "true");
  }

  /**
   * Adds the lines for a URL that are missing, and removes those of other versions.
   *
   * @param url empty text for all hosts
   * @param isAlone whether git is to forget the helpers that it finds before this one
   * @param done gets a line for each line of git's file
   */
  void add(String url, boolean isAlone, StringBuilder done)
      throws NotConfigured, Unreachable, InterruptedException {
    var lines = lines(url, isAlone);
    for (var each : lines.outdated()) {
      if (!isDry) config.unset(each);
      tell(isDry ? "would remove: " : "removed: ", each, done);
    }
    boolean areThere = lines.areThere();
    if (!areThere && !isDry) lines.add();
    for (var each : lines.wanted()) tell(added(areThere), each, done);
    if (hasPath(url)) addPath(url, done);
    if (!isDry) check(url, isAlone);
  }

  private String added(boolean isThere) {
    return isThere ? "is there already: " : isDry ? "would add: " : "added: ";
  }

  private void addPath(String url, StringBuilder done)
      throws NotConfigured, Unreachable, InterruptedException {
    var line = pathLine(url);
    boolean isThere = config.has(line);
    if (!isThere && !isDry) config.add(line);
    tell(added(isThere), line, done);
  }

  /** A line in the file is not enough: lines behind it, and in other files, count as well. */
  private void check(String url, boolean isAlone)
      throws NotConfigured, Unreachable, InterruptedException {
    var chain = HelperChain.of(config.all(), url);
    if (isAlone && !chain.isOnly(helper)) {
      lines(url, true).remove(); // what is added again comes last, if its section holds no more
      lines(url, true).add();
      chain = HelperChain.of(config.all(), url);
    }
    if (chain.isOnly(helper)) return;
    invocation.tell("coder: " + order(url, chain));
  }

  private String order(String url, HelperChain chain) {
    String subject = url.isEmpty() ? "git asks " : "for " + url + ", git asks ";
    if (chain.beginsWith(helper)) {
      return subject + chain + "; the others are given each login to keep";
    }
    return subject
        + chain
        + "; the first that answers wins: \"git config --show-origin"
        + " --get-regexp helper\" says where each is set";
  }

  /** Removes the lines; a {@code useHttpPath} before the helper's line is the user's own. */
  void undo(String url, StringBuilder done)
      throws NotConfigured, Unreachable, InterruptedException {
    var lines = lines(url, false);
    if (hasPath(url)) removePath(url, lines, done);
    var found = lines.found();
    if (!found.isEmpty() && !isDry) lines.remove();
    for (var each : found) tell(removed(true), each, done);
    if (found.isEmpty()) for (var each : lines.wanted()) tell(removed(false), each, done);
  }

  private String removed(boolean isThere) {
    return !isThere ? "is not there: " : isDry ? "would remove: " : "removed: ";
  }

  private void removePath(String url, HelperLines lines, StringBuilder done)
      throws NotConfigured, Unreachable, InterruptedException {
    var line = pathLine(url);
    boolean isOurs = lines.areBefore(line);
    if (isOurs && !isDry) {
      config.unset(line);
      config.removeBareHead(line);
    }
    tell(removed(isOurs), line, done);
  }

  private static void tell(String what, GitConfig.Line line, StringBuilder done) {
    done.append(what).append(line).append('\n');
  }
}
