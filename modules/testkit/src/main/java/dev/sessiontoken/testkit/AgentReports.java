package dev.sessiontoken.testkit;

import dev.sessiontoken.testkit.FakeServer.Reply;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The part of a deployment that keeps what an agent reports: logs, their sources, app states. */
final class AgentReports {
  /** Bytes of output that coderd keeps for one agent. */
  private static final int MAX_LOGS = 1_048_576;

  /** Bytes of the longest message of an app. */
  private static final int MAX_MESSAGE = 160;

  /** Characters of the longest output and of the longest name of a source that are stored. */
  private static final int MAX_OUTPUT = 1024;

  private static final int MAX_NAME = 127;
  private static final String EXTERNAL = "3b579bf4-1ed8-4b99-87a8-e9a1e3410410";
  private static final String NO_ID = "00000000-0000-0000-0000-000000000000";
  private static final Set<String> LEVELS = Set.of("trace", "debug", "info", "warn", "error");
  private static final Set<String> STATES = Set.of("working", "idle", "complete", "failure");

  private final List<FakeCoder.StoredLog> logs = new CopyOnWriteArrayList<>();
  private final List<FakeCoder.StoredStatus> statuses = new CopyOnWriteArrayList<>();
  private final Map<String, String> sources = new ConcurrentHashMap<>();
  private long size;
  private boolean overflowed;

  List<FakeCoder.StoredLog> logs() {
    return List.copyOf(logs);
  }

  List<FakeCoder.StoredStatus> statuses() {
    return List.copyOf(statuses);
  }

  Map<String, String> sources() {
    return Map.copyOf(sources);
  }

  Reply logs(SeenRequest request) {
    return withBody(request, this::store);
  }

  Reply logSource(SeenRequest request) {
    return withBody(request, this::create);
  }

  Reply appStatus(SeenRequest request) {
    return withBody(request, AgentReports::refusal, this::report);
  }

  /** Answers a body, which coderd reads first; {@code null} counts as an empty object. */
  private interface Handling {
    Reply reply(JsonObject body);
  }

  private interface Check {
    Optional<Reply> refusal(JsonObject body);
  }

  private static Reply withBody(SeenRequest request, Check check, Handling handling) {
    return withBody(request, body -> check.refusal(body).orElseGet(() -> handling.reply(body)));
  }

  private static Reply withBody(SeenRequest request, Handling handling) {
    if (request.body().isEmpty()) return invalid("EOF");
    try (var reader = Json.createReader(new StringReader(request.body()))) {
      var body = reader.readValue();
      if (body instanceof JsonObject object) return handling.reply(object);
      if (JsonValue.NULL.equals(body)) return handling.reply(JsonValue.EMPTY_JSON_OBJECT);
      return invalid("json: cannot unmarshal into Go value");
    } catch (JsonException e) {
      return invalid("unexpected EOF");
    }
  }

  private static Reply invalid(String detail) {
    return Replies.error(400, "Request body must be valid JSON.", detail);
  }

  private static Optional<Reply> badId(String id) {
    boolean isEmpty = id.isEmpty();
    return isEmpty || id.length() == 36
        ? Optional.empty()
        : Optional.of(invalid("invalid UUID length: " + id.length()));
  }

  private synchronized Reply store(JsonObject body) {
    String id = body.getString("log_source_id", "");
    if (badId(id).isPresent()) return badId(id).get();
    if (!(body.get("logs") instanceof JsonArray entries) || entries.isEmpty()) {
      return Replies.error(400, "No logs provided.", "");
    }
    String source = id.isEmpty() || id.equals(NO_ID) ? EXTERNAL : id;
    var batch = new ArrayList<FakeCoder.StoredLog>();
    long bytes = 0;
    for (var entry : entries.getValuesAs(JsonObject.class)) {
      String level = entry.getString("level", "");
      if (!level.isEmpty() && !LEVELS.contains(level)) return badLevel(level);
      String output = entry.getString("output", "");
      if (output.indexOf('\0') >= 0) return badText();
      bytes += output.getBytes(StandardCharsets.UTF_8).length;
      String stored = cut(output, MAX_OUTPUT);
      batch.add(new FakeCoder.StoredLog(source, level.isEmpty() ? "info" : level, stored));
    }
    if (size + bytes > MAX_LOGS) return overflow();
    size += bytes;
    if (source.equals(EXTERNAL)) sources.putIfAbsent(EXTERNAL, "External");
    logs.addAll(batch);
    return Replies.nothing();
  }

  private Reply overflow() {
    boolean isFirst = !overflowed;
    overflowed = true;
    String detail = "pq: new row for relation \"workspace_agents\" violates check constraint";
    return Replies.error(413, "Logs limit exceeded", isFirst ? "" : detail);
  }

  private static Reply badLevel(String level) {
    return Replies.error(
        400, "Invalid log level provided.", "invalid log level: \"" + level + "\"");
  }

  private static Reply badText() {
    return Replies.error(
        500, "Failed to upload logs", "pq: invalid byte sequence for encoding \"UTF8\": 0x00");
  }

  private Reply create(JsonObject body) {
    String id = body.getString("id", "");
    if (badId(id).isPresent()) return badId(id).get();
    String key = id.isEmpty() ? NO_ID : id;
    String name = cut(body.getString("display_name", ""), MAX_NAME);
    sources.putIfAbsent(key, name);
    return Replies.json(
        201,
        Json.createObjectBuilder()
            .add("workspace_agent_id", UUID.randomUUID().toString())
            .add("id", key)
            .add("created_at", Instant.now().toString())
            .add("display_name", name)
            .add("icon", body.getString("icon", ""))
            .build());
  }

  private static String cut(String text, int characters) {
    int length = text.codePointCount(0, text.length());
    return length <= characters ? text : text.substring(0, text.offsetByCodePoints(0, characters));
  }

  /** Checks in coderd's order: state, length, app. */
  private static Optional<Reply> refusal(JsonObject body) {
    String state = text(body, "state");
    if (!STATES.contains(state.toLowerCase(Locale.ROOT))) {
      return Optional.of(Replies.error(400, "Failed to parse request.", "Invalid state: " + state));
    }
    if (text(body, "message").getBytes(StandardCharsets.UTF_8).length > MAX_MESSAGE) {
      return Optional.of(
          Replies.error(400, "Message is too long.", "Message must be less than 160 characters."));
    }
    String slug = text(body, "app_slug");
    return slug.equals(FakeCoder.APP)
        ? Optional.empty()
        : Optional.of(
            Replies.error(
                400, "Failed to get workspace app.", "No app found with slug \"" + slug + "\""));
  }

  private static String text(JsonObject body, String name) {
    return body.get(name) instanceof JsonString text ? text.getString() : "";
  }

  private Reply report(JsonObject body) {
    statuses.add(
        new FakeCoder.StoredStatus(
            text(body, "state").toLowerCase(Locale.ROOT),
            text(body, "message"),
            text(body, "uri")));
    return Replies.nothing();
  }
}
