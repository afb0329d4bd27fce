package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.spi.Printable;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** Opens pages in the user's browser. */
final class Browser {
  /** Stands for the page in the shell, unquoted text of which is never a part of the command. */
  private static final String PAGE = "\"$1\"";

  private Browser() {}

  /**
   * Returns the shell's commands for {@code $BROWSER}. As xdg-open and Debian's sensible-browser
   * have it, the variable is a list with colons, of which the first that works counts, and {@code
   * %s} stands for the page. A colon within a word, such as that of a URL, parts nothing.
   */
  static String script(String browser) {
    var commands = new ArrayList<String>();
    for (String each : isList(browser) ? browser.split(":", -1) : new String[] {browser}) {
      if (each.isBlank()) continue;
      boolean hasPlace = each.contains("%s");
      commands.add(hasPlace ? withPage(each) : each + " " + PAGE);
    }
    return String.join(" || ", commands);
  }

  private static String withPage(String command) {
    return command
        .replace("\"%s\"", PAGE)
        .replace("'%s'", PAGE)
        .replace("%s", PAGE)
        .replace("%%", "%");
  }

  /** Quotation marks, assignments and other commands of the shell make a colon doubtful. */
  private static boolean isList(String browser) {
    return browser.chars().noneMatch(c -> "\"'`$;&|<>(){}\\=".indexOf(c) >= 0)
        && !browser.contains("://");
  }

  /**
   * Opens the page by the command in {@code $BROWSER}, run by the shell as the original does, else
   * by {@code xdg-open}. Does not wait. A browser that cannot be started is reported under {@code
   * -v} only.
   */
  static void open(URI page, Invocation invocation) {
    var arguments = invocation.arguments();
    var command =
        arguments
            .variable("BROWSER")
            .map(browser -> List.of("/bin/sh", "-c", script(browser), "sh", page.toString()))
            .orElseGet(() -> List.of("xdg-open", page.toString()));
    invocation.trace().tell("open the page by " + command.getFirst());
    var children = invocation.children();
    try {
      children.startDetached(children.builder(command));
    } catch (IOException e) {
      invocation.trace().tell("no browser: " + Printable.of(String.valueOf(e.getMessage()), 200));
    }
  }
}
