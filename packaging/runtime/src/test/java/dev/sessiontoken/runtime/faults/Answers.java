package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.testkit.raw.Script;

/** Answers of a deployment to the request of the matrix, as bytes, and scripts that send them. */
final class Answers {
  private Answers() {}

  /** The answer to a user who is logged in. */
  static String token() {
    return answer("200 OK", "", body());
  }

  /** The shortest possible answer with a token. */
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

  /** A failure with a JSON body, as deployments send it. */
  static String failure(String status, String... headerLines) {
    var lines = new StringBuilder();
    for (String line : headerLines) lines.append(line).append("\r\n");
    return answer(status, lines.toString(), "{\"message\":\"Trouble.\"}");
  }

  /** Fails on the first connection, answers on the others. */
  static Script once(Script fault) {
    return Script.inTurn(fault, Script.sends(token()));
  }

  /** Resets the connection after {@code bytes} bytes of a good answer. */
  static Script resetsAfter(int bytes) {
    return Script.resetsAfter(token(), bytes);
  }

  /** Closes the connection by FIN, not RST, after {@code bytes} bytes of a good answer. */
  static Script closesAfter(int bytes) {
    return Script.sends(token().substring(0, bytes));
  }
}
