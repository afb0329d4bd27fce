package dev.sessiontoken.http;

import dev.sessiontoken.spi.ClientClosedException;
import dev.sessiontoken.spi.CoderException;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;

/** Reports one call to a listener. For one thread. */
final class CallReport {
  private static final int MAX_ID = 100;

  private final CallListener listener;
  private final Trace trace;
  private final Call call;
  private final UUID id = UUID.randomUUID();
  private final long started = System.nanoTime();
  private int tries;

  /** A try, or a whole call. */
  interface Operation<T> {
    T run() throws SessionTokenException, InterruptedException;
  }

  /** Reports that the call begins. */
  CallReport(CallListener listener, Trace trace, Call call) {
    this.listener = listener;
    this.trace = trace;
    this.call = call;
    report(new CallEvent.Started(id, call.method(), call.path()));
  }

  /** Makes a try and reports its end. */
  <T> T trying(Operation<T> attempt, Function<T, Answer> answer)
      throws SessionTokenException, InterruptedException {
    long begun = System.nanoTime();
    int number = ++tries;
    try {
      var result = attempt.run();
      report(tried(number, answered(answer.apply(result)), begun));
      return result;
    } catch (SessionTokenException | InterruptedException | RuntimeException | Error e) {
      report(tried(number, failed(e), begun));
      throw e;
    }
  }

  /** Makes the whole call and reports its end. */
  <T> T calling(Operation<T> whole, Function<T, Answer> answer)
      throws SessionTokenException, InterruptedException {
    try {
      var result = whole.run();
      report(ended(answered(answer.apply(result))));
      return result;
    } catch (SessionTokenException | InterruptedException | RuntimeException | Error e) {
      report(ended(failed(e)));
      throw e;
    }
  }

  private CallEvent tried(int number, CallEvent.Result result, long begun) {
    return new CallEvent.Tried(id, call.method(), call.path(), number, result, since(begun));
  }

  private CallEvent ended(CallEvent.Result result) {
    return new CallEvent.Ended(id, call.method(), call.path(), tries, result, since(started));
  }

  private static Duration since(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun);
  }

  private static CallEvent.Result answered(Answer answer) {
    var requestId =
        answer.header("X-Coder-Request-Id").map(text -> Printable.of(answer.hide(text), MAX_ID));
    return new CallEvent.Answered(answer.status(), requestId);
  }

  /** Leaves out messages of exceptions that may quote anything. */
  private static CallEvent.Result failed(Throwable failure) {
    boolean isOurs = failure instanceof CoderException || failure instanceof ClientClosedException;
    String message = isOurs ? String.valueOf(failure.getMessage()) : "";
    return new CallEvent.Failed(failure.getClass().getSimpleName(), message);
  }

  private void report(CallEvent event) {
    try {
      listener.on(event);
    } catch (RuntimeException | Error e) { // the listener's fault must not be the call's
      trace.tell("the listener for calls fails with " + e.getClass().getName());
    }
  }
}
