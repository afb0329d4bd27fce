package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.spi.Printable;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.util.List;

/** Opens pages in the user's browser. */
final class Browser {
  private Browser() {}

  /**
   * Has the page opened by what {@code $BROWSER} names, run by the shell as the original does, else
   * by the system's opener. Does not wait; a browser that is not there is no error.
   */
  static void open(URI page, Invocation invocation) {
    var arguments = invocation.arguments();
    var command =
        arguments
            .variable("BROWSER")
            .map(browser -> List.of("/bin/sh", "-c", browser + " \"$1\"", "sh", page.toString()))
            .orElseGet(() -> List.of("xdg-open", page.toString()));
    var nothing =
        new File("/dev/null"); // the terminal is the caller's, standard output the answer's
    var builder = arguments.program(command).redirectOutput(nothing).redirectError(nothing);
    builder.environment().remove(AgentFlags.TOKEN.variable());
    invocation.trace().tell("open the page by " + command.getFirst());
    try {
      builder.start();
    } catch (IOException e) {
      invocation.trace().tell("no browser: " + Printable.of(String.valueOf(e.getMessage()), 200));
    }
  }
}
