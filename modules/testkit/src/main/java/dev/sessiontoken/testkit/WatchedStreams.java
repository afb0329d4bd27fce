package dev.sessiontoken.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Stands in for the three standard streams until it is closed. */
final class WatchedStreams implements AutoCloseable {
  private static final byte[] INPUT = "unread\n".getBytes(StandardCharsets.UTF_8);

  private final PrintStream formerOut = System.out;
  private final PrintStream formerErr = System.err;
  private final InputStream formerIn = System.in;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayInputStream in = new ByteArrayInputStream(INPUT);
  private final PrintStream ourOut = new PrintStream(out, true, StandardCharsets.UTF_8);
  private final PrintStream ourErr = new PrintStream(err, true, StandardCharsets.UTF_8);

  WatchedStreams() {
    System.setOut(ourOut);
    System.setErr(ourErr);
    System.setIn(in);
  }

  /** What was done to them so far; empty if nothing was. */
  List<String> uses() {
    var uses = new ArrayList<String>();
    if (out.size() > 0) uses.add("System.out: " + out.toString(StandardCharsets.UTF_8));
    if (err.size() > 0) uses.add("System.err: " + err.toString(StandardCharsets.UTF_8));
    if (in.available() < INPUT.length) uses.add("System.in was read");
    boolean isOurs = List.of(System.out, System.err, System.in).equals(List.of(ourOut, ourErr, in));
    if (!isOurs) uses.add("a standard stream was replaced");
    return uses;
  }

  @Override
  public void close() {
    System.setOut(formerOut);
    System.setErr(formerErr);
    System.setIn(formerIn);
  }
}
