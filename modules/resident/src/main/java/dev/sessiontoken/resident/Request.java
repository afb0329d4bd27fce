package dev.sessiontoken.resident;

import dev.sessiontoken.cli.resident.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a client asks for.
 *
 * @param image id of the client's image
 * @param launcher path by which the program was called
 * @param terminal digit as in {@link Frame#TERMINAL}
 * @param arguments of the program
 * @param environment variables that the client has sent, by name
 * @param input standard input; empty if the client has not read its own
 * @param question {@code status} or {@code stop}, or empty text for a command
 */
record Request(
    String image,
    String launcher,
    int terminal,
    List<String> arguments,
    Map<String, String> environment,
    Optional<Frame> input,
    String question) {

  /**
   * Reads what a request frame holds.
   *
   * @throws IOException if it is not of this version, or not as the client writes it
   */
  static Request of(Frame frame) throws IOException {
    if (frame.kind() != Frame.VERSION) throw new IOException("another version");
    var single = new HashMap<Character, Frame>();
    var arguments = new ArrayList<String>();
    var environment = new HashMap<String, String>();
    for (var part : frame.parts()) {
      switch (part.kind()) {
        case Frame.ARGUMENT -> arguments.add(text(part.bytes()));
        case Frame.VARIABLE -> put(text(part.bytes()), environment);
        default -> {
          if (single.put(part.kind(), part) != null) throw new IOException("a part twice");
        }
      }
    }
    return new Request(
        text(single, Frame.IMAGE),
        text(single, Frame.LAUNCHER),
        terminal(text(single, Frame.TERMINAL)),
        List.copyOf(arguments),
        Map.copyOf(environment),
        Optional.ofNullable(single.get(Frame.INPUT)),
        text(single, Frame.QUESTION));
  }

  boolean isOutTerminal() {
    return (terminal & 1) != 0;
  }

  boolean isErrTerminal() {
    return (terminal & 2) != 0;
  }

  /** The first of two variables of the same name counts, as in a JVM of its own. */
  private static void put(String variable, Map<String, String> environment) throws IOException {
    int sign = variable.indexOf('=', 1);
    if (sign < 0) throw new IOException("a variable without a value");
    environment.putIfAbsent(variable.substring(0, sign), variable.substring(sign + 1));
  }

  private static int terminal(String digit) throws IOException {
    if (digit.isEmpty()) return 0;
    if (digit.length() > 1 || digit.charAt(0) < '0' || digit.charAt(0) > '3')
      throw new IOException("no such terminal");
    return digit.charAt(0) - '0';
  }

  private static String text(Map<Character, Frame> parts, char kind) throws IOException {
    return text(parts.getOrDefault(kind, Frame.of(kind)).bytes());
  }

  /** Refuses what no program can have been called with, and what a JVM would read otherwise. */
  private static String text(byte[] bytes) throws CharacterCodingException, IOException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    if (text.indexOf('\0') >= 0) throw new IOException("a NUL within a text");
    return text;
  }

  /** Leaves out what may be a secret. */
  @Override
  public String toString() {
    return "Request[" + arguments.size() + " arguments]";
  }
}
