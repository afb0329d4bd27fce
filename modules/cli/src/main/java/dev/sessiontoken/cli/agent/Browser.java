package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.spi.Printable;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Opens pages in the user's browser. */
final class Browser {
  private Browser() {}

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
            .map(browser -> List.of("/bin/sh", "-c", browser + " \"$1\"", "sh", page.toString()))
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
