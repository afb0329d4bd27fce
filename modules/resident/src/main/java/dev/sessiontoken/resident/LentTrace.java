package dev.sessiontoken.resident;

import dev.sessiontoken.http.Trace;

/** Passes the steps of a kept client on to the command that uses it now. */
final class LentTrace implements Trace {
  private volatile Trace trace;

  LentTrace(Trace trace) {
    this.trace = trace;
  }

  void lend(Trace trace) {
    this.trace = trace;
  }

  void takeBack() {
    trace = Trace.none();
  }

  @Override
  public boolean isShown() {
    return trace.isShown();
  }

  @Override
  public void tell(String event) {
    trace.tell(event);
  }

  @Override
  public void notice(String event) {
    trace.notice(event);
  }

  @Override
  public void ended(String phase) {
    trace.ended(phase);
  }

  @Override
  public void secret(String value) {
    trace.secret(value);
  }
}
