package dev.sessiontoken.client;

import dev.sessiontoken.http.Json;
import jakarta.json.JsonObject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * What an app of the workspace is doing, as the dashboard shows it: coder's codersdk/agentsdk,
 * {@code PatchAppStatus}.
 *
 * @param app slug of the app in the template
 * @param state what the app is doing
 * @param message one sentence; may be empty. Cut to 160 bytes of UTF-8, at a character, because the
 *     deployment refuses longer ones
 * @param uri where to read more, such as a pull request
 */
public record AppStatus(String app, State state, String message, Optional<URI> uri) {
  /** Bytes of a message. */
  private static final int MAX_MESSAGE = 160;

  /** What an app can be doing. */
  public enum State {
    WORKING,
    IDLE,
    COMPLETE,
    FAILURE;

    /** Returns the name in lower case, as the API spells it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Cuts the message, and removes NUL characters.
   *
   * @throws IllegalArgumentException if the slug is blank
   */
  public AppStatus {
    if (app.isBlank()) throw new IllegalArgumentException("the slug is blank");
    message = cut(message.replace("\0", ""));
  }

  private static String cut(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_MESSAGE) return text;
    int end = MAX_MESSAGE;
    while ((bytes[end] & 0xC0) == 0x80) end--; // within a character
    return new String(bytes, 0, end, StandardCharsets.UTF_8);
  }

  JsonObject json() {
    return Json.provider()
        .createObjectBuilder()
        .add("app_slug", app)
        .add("state", state.word())
        .add("message", message)
        .add("uri", uri.map(URI::toString).orElse(""))
        .build();
  }
}
