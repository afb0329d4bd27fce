package dev.sessiontoken.http;

/** A trace that ignores everything. */
record NoTrace() implements Trace {

  @Override
  public void tell(String event) {
    // ignored
  }

  @Override
  public boolean isShown() {
    return false;
  }
}
