package dev.sessiontoken.runtime.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** What a server does with a connection, to its bytes. */
interface Script {

  /**
   * Serves one connection, which is closed afterwards.
   *
   * @param number of the connection, from 1 on
   */
  void serve(Wire wire, int number) throws IOException, InterruptedException;

  /** The answer of a deployment whose user is logged in. */
  static String token() {
    return answer("200 OK", "", body());
  }

  /** The shortest answer with a token that there is. */
  static String brief() {
    String json = "{\"access_token\":\"" + Row.TOKEN + "\"}";
    return "HTTP/1.1 200 OK\r\nContent-Length: " + json.length() + "\r\n\r\n" + json;
  }

  static String body() {
    return "{\"access_token\":\"" + Row.TOKEN + "\",\"url\":\"\",\"type\":\"github\"}";
  }

  /** An answer with the right length; each of the header lines ends with CR LF. */
  static String answer(String status, String headerLines, String body) {
    return head(status, headerLines + "Content-Length: " + body.length() + "\r\n") + body;
  }

  /** An answer up to the empty line. */
  static String head(String status, String headerLines) {
    return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + headerLines + "\r\n";
  }

  /** An answer of the deployment's own for a failure. */
  static String failure(String status, String... headerLines) {
    var lines = new StringBuilder();
    for (String line : headerLines) lines.append(line).append("\r\n");
    return answer(status, lines.toString(), "{\"message\":\"Trouble.\"}");
  }

  /** Sends the same after each request. */
  static Script sends(String answer) {
    return (wire, _) -> {
      wire.readRequest();
      wire.write(answer);
    };
  }

  /** One after the other, the last again and again. */
  static Script inTurn(Script... scripts) {
    var list = List.of(scripts);
    return (wire, number) -> list.get(Math.min(number, list.size()) - 1).serve(wire, number);
  }

  /** Fails once, then answers. */
  static Script once(Script fault) {
    return inTurn(fault, sends(token()));
  }

  /** Resets the connection after so many bytes of a good answer. */
  static Script resetsAfter(int bytes) {
    return resetsAfter(token(), bytes);
  }

  /** Resets the connection after so many bytes of an answer. */
  static Script resetsAfter(String answer, int bytes) {
    return (wire, _) -> {
      wire.readRequest();
      wire.write(answer.substring(0, bytes));
      wire.reset();
    };
  }

  /** Closes the connection properly after so many bytes of a good answer. */
  static Script closesAfter(int bytes) {
    return sends(token().substring(0, bytes));
  }

  /** Sends something, then nothing more, and stays. */
  static Script stallsAfter(String beginning) {
    return (wire, _) -> {
      wire.readRequest();
      wire.write(beginning);
      wire.stay();
    };
  }

  /** Sends something, then the rest byte by byte with pauses. */
  static Script drips(String beginning, String rest, Duration pause) {
    return (wire, _) -> {
      wire.readRequest();
      wire.write(beginning);
      for (int i = 0; i < rest.length(); i++) {
        if (wire.isClosedWithin(pause)) return;
        wire.write(rest.substring(i, i + 1));
      }
    };
  }

  /** Sends something, then the same piece for ever. */
  static Script endless(String beginning, String piece) {
    return (wire, _) -> {
      wire.readRequest();
      wire.write(beginning);
      while (!wire.isClosedWithin(Duration.ZERO)) wire.write(piece);
    };
  }
}
