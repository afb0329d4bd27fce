package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.SessionTokenException;
import jakarta.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Some lines of log that go into one request.
 *
 * @param lines JSON objects of the request
 * @param entries how many entries end with this batch, the last line of each included
 */
record LogBatch(List<JsonObject> lines, int entries) {
  /** Characters of a line that coderd keeps. */
  private static final int MAX_OUTPUT = 1024;

  /**
   * Bytes of JSON in one request. coderd accepts 1 MiB of output in all; many proxies accept bodies
   * of 1 MiB, and one line more must fit.
   */
  private static final int MAX_BYTES = 1 << 19;

  /** Sends one request and returns its answer. */
  interface Sender {
    Answer send(JsonObject body) throws SessionTokenException, InterruptedException;
  }

  /** Sends entries in as many requests as they need. */
  static SentLogs send(Optional<UUID> source, List<LogEntry> entries, Sender sender)
      throws SessionTokenException, InterruptedException {
    int sent = 0;
    for (var batch : of(entries)) {
      var answer = sender.send(batch.json(source));
      if (answer.status() == 413 && ApiException.isFromApi(answer)) {
        return new SentLogs.LimitExceeded(sent);
      }
      Confirmation.check(answer);
      sent += batch.entries;
    }
    return new SentLogs.Sent();
  }

  static List<LogBatch> of(List<LogEntry> entries) {
    var batches = new ArrayList<LogBatch>();
    var lines = new ArrayList<JsonObject>();
    int size = 0;
    int count = 0;
    for (var entry : entries) {
      for (var line : lines(entry)) {
        int length = line.toString().getBytes(StandardCharsets.UTF_8).length + 1;
        if (size + length > MAX_BYTES) {
          batches.add(new LogBatch(List.copyOf(lines), count));
          lines.clear();
          size = 0;
          count = 0;
        }
        lines.add(line);
        size += length;
      }
      count++;
    }
    if (!lines.isEmpty()) batches.add(new LogBatch(List.copyOf(lines), count));
    return batches;
  }

  /** Returns the entry as one line, or as several if the deployment would cut one. */
  private static List<JsonObject> lines(LogEntry entry) {
    var lines = new ArrayList<JsonObject>();
    String rest = entry.output();
    while (rest.codePointCount(0, rest.length()) > MAX_OUTPUT) {
      int end = rest.offsetByCodePoints(0, MAX_OUTPUT);
      lines.add(line(entry, rest.substring(0, end)));
      rest = rest.substring(end);
    }
    lines.add(line(entry, rest));
    return lines;
  }

  private static JsonObject line(LogEntry entry, String output) {
    return Json.provider()
        .createObjectBuilder()
        .add("created_at", entry.createdAt().toString())
        .add("level", entry.level().word())
        .add("output", output)
        .build();
  }

  private JsonObject json(Optional<UUID> source) {
    var json = Json.provider();
    var array = json.createArrayBuilder();
    lines.forEach(array::add);
    var body = json.createObjectBuilder().add("logs", array);
    source.ifPresent(id -> body.add("log_source_id", id.toString()));
    return body.build();
  }
}
