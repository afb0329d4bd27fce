package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import jakarta.json.JsonObject;
import java.util.UUID;

/**
 * Where lines of an agent's log come from, such as one start-up script: the dashboard shows the
 * lines of each source apart.
 *
 * @param id chosen by the program; the same id later stands for the same source
 * @param displayName what the dashboard calls the source: 1 to 127 characters
 * @param icon path or URL of a picture, such as {@code /emojis/1f310.png}; may be empty
 */
public record LogSource(UUID id, String displayName, String icon) {
  /** Characters of a name; coderd stores no more. */
  public static final int MAX_NAME = 127;

  /**
   * Checks the limits of the deployment.
   *
   * @throws IllegalArgumentException if the id is zero, if the name is blank or longer than {@link
   *     #MAX_NAME} characters, or if a text holds NUL characters
   */
  public LogSource {
    if (id.equals(new UUID(0, 0))) throw new IllegalArgumentException("the id is zero");
    if (displayName.isBlank()) throw new IllegalArgumentException("the name is blank");
    if (displayName.codePointCount(0, displayName.length()) > MAX_NAME) {
      throw new IllegalArgumentException("the name is longer than " + MAX_NAME + " characters");
    }
    if (displayName.indexOf('\0') >= 0 || icon.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a text holds NUL");
    }
  }

  JsonObject json() {
    return Json.provider()
        .createObjectBuilder()
        .add("id", id.toString())
        .add("display_name", displayName)
        .add("icon", icon)
        .build();
  }

  /** Checks that the deployment knows the source now. */
  void confirm(Answer answer) throws SessionTokenException {
    if (answer.status() != 201) throw Refusals.ofCall(answer);
    if (answer.json().getString("id", "").equals(id.toString())) return;
    throw new BadAnswer(
        answer.step(),
        "the answer names another log source",
        "does the URL lead to a Coder deployment?",
        null);
  }
}
