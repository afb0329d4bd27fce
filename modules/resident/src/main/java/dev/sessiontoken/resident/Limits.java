package dev.sessiontoken.resident;

import java.time.Duration;

/**
 * What the helper allows.
 *
 * @param idle without a call, the helper ends
 * @param tick between two looks at the socket and the kept connections
 * @param request for a client to send its request
 * @param beat between two frames while a command runs; the client waits four seconds for one
 * @param answer for a client to take its answer
 * @param stop for calls under way when the helper is to end
 * @param calls that run at once; clients of further ones run them by themselves
 * @param connections that are open at once; further ones are closed
 * @param requestBytes longest request
 */
record Limits(
    Duration idle,
    Duration tick,
    Duration request,
    Duration beat,
    Duration answer,
    Duration stop,
    int calls,
    int connections,
    int requestBytes) {

  static final Limits USUAL =
      new Limits(
          Duration.ofMinutes(10),
          Duration.ofSeconds(1),
          Duration.ofSeconds(2),
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          Duration.ofSeconds(5),
          64,
          512,
          1 << 20);

  Limits withIdle(Duration idle) {
    return new Limits(idle, tick, request, beat, answer, stop, calls, connections, requestBytes);
  }
}
