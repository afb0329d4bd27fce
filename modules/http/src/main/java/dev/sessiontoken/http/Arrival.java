package dev.sessiontoken.http;

/** How far an answer has come: set on the client's thread, read by the one that waits. */
final class Arrival {
  private volatile boolean begun;

  void head() {
    begun = true;
  }

  boolean hasBegun() {
    return begun;
  }
}
