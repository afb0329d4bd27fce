package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.spi.SessionTokenException;

/** What became of a reported state of an app. */
public sealed interface StatusReport {

  /** The dashboard shows the state. */
  record Accepted() implements StatusReport {}

  /**
   * The workspace has no such app.
   *
   * @param app the slug that was sent
   */
  record UnknownApp(String app) implements StatusReport {}

  /** Returns what an answer says of a status. */
  static StatusReport read(Answer answer, AppStatus status) throws SessionTokenException {
    boolean isRefused = answer.status() == 400 && ApiException.isFromApi(answer);
    if (isRefused && ApiException.text(answer).contains("No app found with slug")) {
      return new UnknownApp(status.app());
    }
    Confirmation.check(answer);
    return new Accepted();
  }
}
