package dev.sessiontoken.http;

import dev.sessiontoken.http.tls.Causes;
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
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Explains why there was no whole answer. Knows the messages of {@code HttpClient} in JDK 25 that
 * no exception type stands for: {@code TransportFailureTest} has each.
 */
final class TransportFailure {
  /** The proxy refused {@code CONNECT}; its status stands in the message. */
  private static final String TUNNEL = "Tunnel failed";

  /** The head of an HTTP/1.1 answer is larger than the JDK's limit. */
  private static final String LARGE_HEAD = "Header size too big";

  /** The same by HTTP/2. */
  private static final String LARGE_HEAD_2 = "MAX_HEADERS_LIST_SIZE";

  /** The server reset the stream with the error code HTTP_1_1_REQUIRED. */
  private static final String HTTP_1_1_REQUIRED = "Use HTTP/1.1 for request";

  private static final String PROXY_REFUSES = "the proxy refuses to connect";
  private static final String CHECK_URL = "is the URL right, and is the deployment up?";

  private TransportFailure() {}

  /**
   * Returns what to throw when the time limit is reached.
   *
   * @param stage what was being waited for, such as {@code connecting}
   */
  static Unreachable timeLimit(String step, String stage, TimeoutException cause) {
    return new Unreachable(
        step,
        "time limit reached while " + stage,
        "is the deployment reachable from here? " + Remedy.MORE_TIME,
        cause);
  }

  /**
   * Returns what to throw when the time limit is reached and the peer, which has the request, has
   * not begun to answer.
   */
  static Unreachable noAnswerYet(String step) {
    return new Unreachable(
        step,
        "time limit reached while waiting for an answer",
        "the server has the request and has not answered yet: " + Remedy.MORE_TIME,
        new NoAnswerYetException());
  }

  /** Returns what to throw when the time limit is reached within a look-up. */
  static Unreachable lookupTimeLimit(String step, String host, TimeoutException cause) {
    return new Unreachable(
        step,
        "time limit reached while looking up the host name " + Printable.of(host),
        "does DNS work here? " + Remedy.MORE_TIME,
        cause);
  }

  /** Returns what to throw for a host that has no address. */
  static Unreachable unknownHost(String step, String host, @Nullable Throwable cause) {
    return new Unreachable(
        step,
        "the host name " + Printable.of(host) + " cannot be resolved",
        "is the URL right, and does DNS work here?",
        cause);
  }

  /** Returns whether the server refused the request over HTTP/2 (RFC 9113, HTTP_1_1_REQUIRED). */
  static boolean wantsHttp11(Unreachable failure) {
    return failure.problem().contains(HTTP_1_1_REQUIRED);
  }

  /** Returns whether no connection came about. */
  static boolean isConnecting(Unreachable failure) {
    return Causes.first(failure, ConnectException.class) != null || isSilent(failure);
  }

  /** Returns whether the server cannot have got the request: there was no connection for it. */
  static boolean isUnsent(Unreachable failure) {
    return isConnecting(failure)
        || Causes.first(failure, SSLHandshakeException.class) != null
        || Causes.first(failure, UnresolvedAddressException.class) != null
        || Causes.first(failure, UnknownHostException.class) != null
        || failure.problem().startsWith(PROXY_REFUSES);
  }

  /** Returns whether the connect timeout ended the try: neither accepted nor refused. */
  static boolean isSilent(Throwable failure) {
    return Causes.first(failure, HttpConnectTimeoutException.class) != null;
  }

  /**
   * Returns what to throw for a failure of {@code HttpClient}.
   *
   * @param answerBegun whether the head of the answer was there
   * @param problem what the client threw
   */
  static SessionTokenException of(
      String step, String host, boolean answerBegun, @Nullable Throwable problem) {
    var large = Causes.first(problem, BoundedBody.TooLargeException.class);
    if (large != null) {
      return new BadAnswer(step, "the answer is " + large.getMessage(), CHECK_URL, problem);
    }
    if (Causes.first(problem, RejectedExecutionException.class) != null) {
      return noThread(step, problem);
    }
    String said = problem == null ? "" : String.valueOf(problem.getMessage());
    if (said.contains(TUNNEL)) return tunnel(step, said.replaceAll("\\D", ""), problem);
    if (Causes.first(problem, UnresolvedAddressException.class) != null
        || Causes.first(problem, UnknownHostException.class) != null) {
      return unknownHost(step, host, problem);
    }
    if (Causes.first(problem, HttpConnectTimeoutException.class) != null) {
      return new Unreachable(step, "cannot connect: nobody answers", CHECK_URL, problem);
    }
    if (Causes.first(problem, ConnectException.class) != null) {
      return new Unreachable(step, "cannot connect" + detail(problem), CHECK_URL, problem);
    }
    var tls = Causes.first(problem, SSLException.class);
    if (tls != null) {
      return new Unreachable(step, "TLS failed" + detail(tls), CHECK_URL, problem);
    }
    if (said.contains(LARGE_HEAD) || said.contains(LARGE_HEAD_2)) {
      return new BadAnswer(step, "the answer's header section is too large", CHECK_URL, problem);
    }
    if (Causes.first(problem, ProtocolException.class) != null) {
      return new BadAnswer(step, "the answer is no HTTP" + detail(problem), check(step), problem);
    }
    return brokenOff(step, answerBegun, problem);
  }

  /** Returns what to throw where the executor that the program has brought takes no work. */
  static Unreachable noThread(String step, @Nullable Throwable problem) {
    return new Unreachable(
        step, "the executor of these settings takes no work", "is it shut down, or full?", problem);
  }

  /** A proxy refused to connect; keeps the cause, and so allows another try, if that may pass. */
  private static Unreachable tunnel(String step, String status, @Nullable Throwable problem) {
    boolean mayPass = RetryPolicy.DEPLOYMENT.repeats(Integer.parseInt(status));
    if (status.startsWith("2")) {
      return new Unreachable(
          step,
          "the proxy answers CONNECT with HTTP " + status + ", and the JDK takes 200 alone",
          "have the proxy answer 200, or go without it (NO_PROXY)",
          null);
    }
    return new Unreachable(
        step,
        PROXY_REFUSES + ": HTTP " + status,
        mayPass ? CHECK_URL : "ask its administrator",
        mayPass ? problem : null);
  }

  private static SessionTokenException brokenOff(
      String step, boolean answerBegun, @Nullable Throwable problem) {
    boolean reset = Causes.first(problem, SocketException.class) != null;
    if (answerBegun && !reset) {
      return new BadAnswer(
          step, "the answer was cut short", "try again; is a proxy in between?", problem);
    }
    if (Causes.first(problem, EOFException.class) != null) {
      return new Unreachable(
          step, "the connection was closed without an answer", check(step), problem);
    }
    return new Unreachable(step, "the connection broke" + detail(problem), check(step), problem);
  }

  /** A port that speaks TLS answers plain HTTP with a TLS alert, or hangs up. */
  private static String check(String step) {
    return step.contains(" http://")
        ? CHECK_URL + " If the port speaks TLS, try https://"
        : CHECK_URL;
  }

  /** Returns the innermost message: the outer ones repeat it or have none. */
  private static String detail(@Nullable Throwable problem) {
    String said = "";
    for (var cause : Causes.of(problem)) {
      String message = cause.getMessage();
      if (message != null) said = ": " + Printable.of(message, 200);
    }
    return said;
  }
}
