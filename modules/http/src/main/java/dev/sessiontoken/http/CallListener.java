package dev.sessiontoken.http;

/**
 * Learns of each call of a deployment, for metrics and traces.
 *
 * <p>Called on the thread of the call, so that what this thread is bound to (a span, a logging
 * context) is in reach; must not block. Calls of several threads come at once. What a listener
 * throws is dropped: the {@link Trace} learns of it, and the call goes on.
 */
@FunctionalInterface
public interface CallListener {

  /**
   * Receives what has just happened. For each call one {@link CallEvent.Started}, one {@link
   * CallEvent.Tried} a try, and one {@link CallEvent.Ended}.
   */
  void on(CallEvent event);
}
