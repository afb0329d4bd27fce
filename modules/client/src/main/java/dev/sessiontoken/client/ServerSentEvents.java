package dev.sessiontoken.client;

import dev.sessiontoken.http.LineStream;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.util.StringJoiner;

/**
 * Reads server-sent events (WHATWG HTML, section 9.2) from the lines of an answer. Fields {@code
 * id} and {@code retry} are ignored, as the deployment sends none.
 */
record ServerSentEvents(LineStream lines) {
  private static final int MAX_DATA = 1 << 16;

  /**
   * An event.
   *
   * @param type {@code message} if the server names none
   * @param data lines joined by line ends; may be empty
   */
  record Event(String type, String data) {}

  /**
   * Returns the next event. Blocks until the deadline at most.
   *
   * @throws Unreachable if no event came in time, or the answer has ended
   * @throws BadAnswer if an event is too large
   */
  Event next(Deadline deadline) throws SessionTokenException, InterruptedException {
    String type = "";
    var data = new StringJoiner("\n");
    data.setEmptyValue("");
    while (true) {
      var next = lines.next(deadline);
      String line = next.orElseThrow(this::ended);
      boolean isEvent = !type.isEmpty() || data.length() > 0;
      if (line.isEmpty() && isEvent) {
        return new Event(type.isEmpty() ? "message" : type, data.toString());
      }
      if (line.startsWith("event:")) type = value(line);
      if (line.startsWith("data:")) data.add(value(line));
      if (data.length() > MAX_DATA) throw tooLarge();
    }
  }

  /** Returns the value of a field, without the one space that may stand before it. */
  private static String value(String line) {
    String value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  private Unreachable ended() {
    return new Unreachable(
        lines.answer().step(), "the deployment has ended its answer", "is it restarting?", null);
  }

  private BadAnswer tooLarge() {
    return new BadAnswer(
        lines.answer().step(),
        "an event is larger than " + MAX_DATA + " characters",
        "does the URL lead to a Coder deployment?",
        null);
  }
}
