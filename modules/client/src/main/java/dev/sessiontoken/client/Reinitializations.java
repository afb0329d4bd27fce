package dev.sessiontoken.client;

import dev.sessiontoken.http.Json;
import dev.sessiontoken.http.LineStream;
import dev.sessiontoken.http.Pause;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Waits for events by which the deployment tells the agent of a prebuilt workspace that a user has
 * claimed the workspace: {@code GET /api/v2/workspaceagents/me/reinit}, as server-sent events.
 *
 * <p>The deployment pings every 15 seconds; a connection without a ping for 45 seconds counts as
 * dead. After a lost connection, or an answer that may pass such as 502, {@link #next} connects
 * again, after pauses that grow from 162 ms to 10 s. Holds a connection until {@link #close}. For
 * one thread at a time.
 */
public final class Reinitializations implements AutoCloseable {
  /** Three pings. The first one may be all that the deployment sends of its answer for 15 s. */
  static final Duration SILENCE = Duration.ofSeconds(45);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(162);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

  private final Source source;
  private final Pause pause;
  private final Duration silence;
  private Duration nextPause = FIRST_PAUSE;
  private @Nullable ServerSentEvents events;
  private Optional<Reinitialization> end = Optional.empty();

  /** Sends the request, with the session token. */
  interface Source {
    LineStream open(Deadline deadline) throws SessionTokenException, InterruptedException;
  }

  /**
   * Creates a wait that has not connected yet.
   *
   * @param silence how long a connection may be silent
   */
  Reinitializations(Source source, Pause pause, Duration silence) {
    this.source = source;
    this.pause = pause;
    this.silence = silence;
  }

  /**
   * Waits for the next event. Blocks until the deadline at most.
   *
   * @return the event; after {@code NotAwaited} always the same one, without another request
   * @throws SessionTokenException as the calls of {@link CoderClient}: {@code Unreachable} for the
   *     last failed try when the deadline is over, {@code Rejected} and {@code BadAnswer} at once
   * @throws InterruptedException if the calling thread was interrupted
   */
  public Reinitialization next(Deadline deadline)
      throws SessionTokenException, InterruptedException {
    while (end.isEmpty()) {
      try {
        var event = event(deadline);
        if (event.isPresent()) return event.get();
      } catch (Unreachable e) {
        close();
        pauseAfter(e, deadline);
      }
    }
    return end.get();
  }

  /** Returns the next claim; empty after a ping, after connecting, and after a final refusal. */
  private Optional<Reinitialization> event(Deadline deadline)
      throws SessionTokenException, InterruptedException {
    var current = events;
    if (current == null) {
      open(deadline);
      return Optional.empty();
    }
    var event = current.next(deadline.orIn(silence));
    nextPause = FIRST_PAUSE;
    return switch (event.type()) {
      case "data" -> Optional.of(claimed(event.data(), current));
      case "error" ->
          throw new Unreachable(
              step(current), "the deployment reports an error", "try again later", null);
      default -> Optional.empty(); // a ping, or what later versions may send
    };
  }

  private void open(Deadline deadline) throws SessionTokenException, InterruptedException {
    var lines = source.open(deadline.orIn(silence));
    var answer = lines.answer();
    if (answer.status() == 200 && answer.mediaType().equals("text/event-stream")) {
      events = new ServerSentEvents(lines);
      return;
    }
    lines.close();
    if (answer.status() == 409 && ApiException.isFromApi(answer)) {
      end = Optional.of(new Reinitialization.NotAwaited(ApiException.text(answer)));
      return;
    }
    if (answer.status() != 200) throw Refusals.ofCall(answer);
    throw new BadAnswer(
        answer.step(),
        "HTTP 200 without events",
        "does the URL lead to the deployment itself, past any login page or proxy?",
        null);
  }

  private void pauseAfter(Unreachable failure, Deadline deadline)
      throws Unreachable, InterruptedException {
    if (nextPause.compareTo(deadline.remaining()) >= 0) throw failure;
    pause.sleep(nextPause);
    var longer = nextPause.multipliedBy(1618).dividedBy(1000);
    nextPause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
  }

  /** Reads both spellings of the keys: {@code WorkspaceID} is that of deployments before 2026. */
  private static Reinitialization claimed(String data, ServerSentEvents events) throws BadAnswer {
    try (var reader = Json.provider().createReader(new StringReader(data))) {
      var body = reader.readObject();
      var workspace = string(body, "workspace_id").or(() -> string(body, "WorkspaceID"));
      var id = UUID.fromString(workspace.orElse(""));
      String reason = string(body, "reason").orElse("");
      return new Reinitialization.Claimed(
          id, reason, string(body, "owner_id").map(UUID::fromString));
    } catch (JsonException | IllegalStateException | IllegalArgumentException e) {
      throw new BadAnswer(
          step(events),
          "an event does not name the workspace",
          "is this version of the deployment supported?",
          null);
    }
  }

  private static Optional<String> string(JsonObject body, String name) {
    return body.get(name) instanceof JsonString text
        ? Optional.of(text.getString())
        : Optional.empty();
  }

  private static String step(ServerSentEvents events) {
    return events.lines().answer().step();
  }

  /** Ends the connection, if there is one. */
  @Override
  public void close() {
    var current = events;
    events = null;
    if (current != null) current.lines().close();
  }
}
