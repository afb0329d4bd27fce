package dev.sessiontoken.cli.resident;

import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Ends the resident helper. */
public final class ResidentStop implements Command {

  @Override
  public String words() {
    return "resident stop";
  }

  @Override
  public String summary() {
    return "end the resident helper";
  }

  @Override
  public String description() {
    return """
    Ends the resident helper of this image, once the calls under way have ended,
    after five seconds at most. Exit code 0 as well if none runs.
    """;
  }

  @Override
  public Outcome run(Invocation invocation) throws SessionTokenException, InterruptedException {
    var place = Place.of(invocation.image(), invocation.arguments().environment());
    try {
      if (Question.STOP.ask(place, invocation.deadline()).isEmpty()) {
        invocation.tell("coder: no resident helper runs");
      }
      return Outcome.ok("");
    } catch (IOException | TimeoutException e) {
      throw new Unreachable(
          "end the resident helper", "it does not answer", "end its process by kill", e);
    }
  }
}
