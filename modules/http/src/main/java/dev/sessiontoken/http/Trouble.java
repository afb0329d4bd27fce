package dev.sessiontoken.http;

import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words why there was no whole answer. */
final class Trouble {
  private static final String CHECK_URL = "is the URL right, and is the deployment up?";

  private Trouble() {}

  static Unreachable timeLimit(String step, Arrival arrival, TimeoutException cause) {
    return new Unreachable(
        step,
        "time limit reached while waiting for "
            + (arrival.hasBegun() ? "the rest of the answer" : "an answer"),
        "is the deployment reachable from here? --timeout allows more time",
        cause);
  }

  static SessionTokenException of(
      String step, URI origin, Arrival arrival, @Nullable Throwable problem) {
    var large = find(problem, BoundedBody.TooLarge.class);
    if (large != null) {
      return new BadAnswer(step, "the answer is " + large.getMessage(), CHECK_URL, problem);
    }
    String said = problem == null ? "" : String.valueOf(problem.getMessage());
    if (said.contains("Tunnel failed")) {
      String status = said.replaceAll("\\D", "");
      return new Unreachable( // without a cause, which would be worth another try
          step, "the proxy refuses to connect: HTTP " + status, "ask its administrator", null);
    }
    if (find(problem, UnresolvedAddressException.class) != null
        || find(problem, UnknownHostException.class) != null) {
      return new Unreachable(
          step,
          "the host name " + origin.getHost() + " cannot be resolved",
          "is the URL right, and does DNS work here?",
          problem);
    }
    if (find(problem, ConnectException.class) != null) {
      return new Unreachable(step, "cannot connect" + detail(problem), CHECK_URL, problem);
    }
    var tls = find(problem, SSLException.class);
    if (tls != null) {
      return new Unreachable(step, "TLS failed" + detail(tls), CHECK_URL, problem);
    }
    if (find(problem, ProtocolException.class) != null) {
      return new BadAnswer(step, "the answer is no HTTP" + detail(problem), CHECK_URL, problem);
    }
    return brokenOff(step, arrival, problem);
  }

  private static SessionTokenException brokenOff(
      String step, Arrival arrival, @Nullable Throwable problem) {
    boolean reset = find(problem, SocketException.class) != null;
    if (arrival.hasBegun() && !reset) {
      return new BadAnswer(
          step, "the answer was cut short", "try again; is a proxy in between?", problem);
    }
    if (find(problem, EOFException.class) != null) {
      return new Unreachable(
          step, "the connection was closed without an answer", CHECK_URL, problem);
    }
    return new Unreachable(step, "the connection broke" + detail(problem), CHECK_URL, problem);
  }

  private static <T extends Throwable> @Nullable T find(
      @Nullable Throwable problem, Class<T> kind) {
    for (var e = problem; e != null; e = e.getCause()) if (kind.isInstance(e)) return kind.cast(e);
    return null;
  }

  /** The innermost message there is: the outer ones repeat it or have none. */
  private static String detail(@Nullable Throwable problem) {
    String said = "";
    for (var e = problem; e != null; e = e.getCause()) {
      if (e.getMessage() != null) said = ": " + Printable.of(e.getMessage(), 200);
    }
    return said;
  }
}
