package dev.sessiontoken.testkit.raw;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What a {@link RawServer} does with one connection. Each char of the texts here is one byte (ISO
 * 8859-1).
 */
@FunctionalInterface
public interface Script {

  /**
   * Serves one connection, which is closed afterwards. May block; {@link Wire#stay} ends when the
   * server is closed.
   *
   * @param number of the connection, from 1 on
   * @throws IOException if the client has closed the connection, which ends the script and nothing
   *     else
   */
  void serve(Wire wire, int number) throws IOException, InterruptedException;

  /** Reads a request and sends this. */
  static Script sends(String answer) {
    return (wire, number) -> {
      wire.readRequest();
      wire.write(answer);
    };
  }

  /** Sends this without reading, as servers of other protocols do. */
  static Script sendsFirst(String greeting) {
    return (wire, number) -> wire.write(greeting);
  }

  /** One script for each connection in turn; the last one for all further connections. */
  static Script inTurn(Script... scripts) {
    var list = List.of(scripts);
    return (wire, number) -> list.get(Math.min(number, list.size()) - 1).serve(wire, number);
  }

  /** Reads a request, sends so many bytes of an answer and resets the connection. */
  static Script resetsAfter(String answer, int bytes) {
    return (wire, number) -> {
      wire.readRequest();
      wire.write(answer.substring(0, bytes));
      wire.reset();
    };
  }

  /** Reads a request, sends this and then nothing until the server is closed. */
  static Script stallsAfter(String beginning) {
    return (wire, number) -> {
      wire.readRequest();
      wire.write(beginning);
      wire.stay();
    };
  }

  /** Reads a request, sends the beginning at once and the rest byte by byte with pauses. */
  static Script drips(String beginning, String rest, Duration pause) {
    return (wire, number) -> {
      wire.readRequest();
      wire.write(beginning);
      for (int i = 0; i < rest.length(); i++) {
        if (wire.isClosedWithin(pause)) return;
        wire.write(rest.substring(i, i + 1));
      }
    };
  }

  /** Reads a request, sends the beginning and then the piece again and again. */
  static Script endless(String beginning, String piece) {
    return (wire, number) -> {
      wire.readRequest();
      wire.write(beginning);
      while (!wire.isClosedWithin(Duration.ZERO)) wire.write(piece);
    };
  }
}
