package dev.sessiontoken.http;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A moment of one call of the deployment. Holds no secret: neither parameters nor headers nor
 * bodies.
 */
public sealed interface CallEvent {

  /** Returns the id of the call: random, and the same in all events of one call. */
  UUID id();

  /** Returns the HTTP method, such as {@code GET}. */
  String method();

  /** Returns the path from the root of the host, without parameters. */
  String path();

  /** A call begins. */
  record Started(UUID id, String method, String path) implements CallEvent {}

  /**
   * A try has ended.
   *
   * @param attempt number of the try, from 1 on
   * @param result what this try came to; after it, another try may follow
   * @param duration of this try, pauses between tries not included
   */
  record Tried(UUID id, String method, String path, int attempt, Result result, Duration duration)
      implements CallEvent {}

  /**
   * The call has ended.
   *
   * @param tries how many tries there were
   * @param result of the last try, or why there was no other
   * @param duration of the whole call, pauses between tries included
   */
  record Ended(UUID id, String method, String path, int tries, Result result, Duration duration)
      implements CallEvent {}

  /** What a try or a call came to. */
  sealed interface Result {}

  /**
   * There is an answer, of whatever status. Of a stream, the head of the answer is there.
   *
   * @param status HTTP status
   * @param requestId the deployment's id of the request, its header {@code X-Coder-Request-Id}
   */
  record Answered(int status, Optional<String> requestId) implements Result {}

  /**
   * There is no answer.
   *
   * @param kind simple name of the exception's class, such as {@code Unreachable}, {@code
   *     BadAnswer}, {@code InterruptedException} or {@code ClientClosedException}
   * @param message one line without a secret; empty for exceptions that this module does not throw
   */
  record Failed(String kind, String message) implements Result {}
}
