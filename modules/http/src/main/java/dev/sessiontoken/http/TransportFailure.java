package dev.sessiontoken.http;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.EOFException;
import java.net.ConnectException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in words why there was no whole answer. */
final class TransportFailure {
  private static final String CHECK_URL = "is the URL right, and is the deployment up?";

  private TransportFailure() {}

  /**
   * For a time limit that was reached.
   *
   * @param stage what was going on, such as {@code connecting}
   */
  static Unreachable timeLimit(String step, String stage, TimeoutException cause) {
    return new Unreachable(
        step,
        "time limit reached while " + stage,
        "is the deployment reachable from here? --timeout allows more time",
        cause);
  }

  static Unreachable lookupTimeLimit(String step, String host, TimeoutException cause) {
    return new Unreachable(
        step,
        "time limit reached while looking up the host name " + Printable.of(host),
        "does DNS work here? --timeout allows more time",
        cause);
  }

  static Unreachable unknownHost(String step, String host, @Nullable Throwable cause) {
    return new Unreachable(
        step,
        "the host name " + Printable.of(host) + " cannot be resolved",
        "is the URL right, and does DNS work here?",
        cause);
  }

  /** Whether the peer, or the way to it, did not even accept a connection. */
  static boolean isConnecting(Unreachable failure) {
    return find(failure, ConnectException.class) != null || isSilent(failure);
  }

  /** Whether nothing came back when a connection was asked for. */
  static boolean isSilent(Throwable failure) {
    return find(failure, HttpConnectTimeoutException.class) != null;
  }

  static SessionTokenException of(
      String step, String host, Arrival arrival, @Nullable Throwable problem) {
    var large = find(problem, BoundedBody.TooLargeException.class);
    if (large != null) {
      return new BadAnswer(step, "the answer is " + large.getMessage(), CHECK_URL, problem);
    }
    String said = problem == null ? "" : String.valueOf(problem.getMessage());
    if (said.contains("Tunnel failed")) return tunnel(step, said.replaceAll("\\D", ""), problem);
    if (find(problem, UnresolvedAddressException.class) != null
        || find(problem, UnknownHostException.class) != null) {
      return unknownHost(step, host, problem);
    }
    if (find(problem, HttpConnectTimeoutException.class) != null) {
      return new Unreachable(step, "cannot connect: nobody answers", CHECK_URL, problem);
    }
    if (find(problem, ConnectException.class) != null) {
      return new Unreachable(step, "cannot connect" + detail(problem), CHECK_URL, problem);
    }
    var tls = find(problem, SSLException.class);
    if (tls != null) {
      return new Unreachable(step, "TLS failed" + detail(tls), CHECK_URL, problem);
    }
    if (said.contains("Header size too big") || said.contains("MAX_HEADER_LIST_SIZE")) {
      return new BadAnswer(step, "the answer's header section is too large", CHECK_URL, problem);
    }
    if (find(problem, ProtocolException.class) != null) {
      return new BadAnswer(step, "the answer is no HTTP" + detail(problem), CHECK_URL, problem);
    }
    return brokenOff(step, arrival, problem);
  }

  /** A proxy that would not connect; one that could not yet is worth another try. */
  private static Unreachable tunnel(String step, String status, @Nullable Throwable problem) {
    boolean isPassing = Retries.asksForPatience(Integer.parseInt(status));
    return new Unreachable(
        step,
        "the proxy refuses to connect: HTTP " + status,
        isPassing ? CHECK_URL : "ask its administrator",
        isPassing ? problem : null);
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
