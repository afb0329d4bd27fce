package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.testkit.raw.Script;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** Statuses, Retry-After and broken connections: what is retried, how often, and for how long. */
final class RetryRows {
  private static final String BUSY = "503 Service Unavailable";

  private RetryRows() {}

  private static Row row(String name) {
    return Row.of("tries", name);
  }

  static List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (String status : List.of("408 Idle", "429 Slow", "502 Bad", BUSY, "504 Late", "522 Gone")) {
      String code = status.substring(0, 3);
      var failing = Script.sends(Answers.failure(status));
      rows.add(row(code + " once").server(Answers.once(failing)).requests(2));
      rows.add(row(code + " each time").server(failing).fails(6, "HTTP " + code).requests(4));
    }
    for (String status : List.of("400 Bad", "409 No", "418 Teapot", "501 No", "505 No")) {
      String code = status.substring(0, 3);
      rows.add(
          row(code + " is not retried")
              .server(Script.sends(Answers.failure(status)))
              .fails(code.startsWith("5") ? 6 : code.equals("409") ? 5 : 7, "HTTP " + code)
              .requests(1));
    }
    var page = Script.sends(Answers.head("500 Oops", "Content-Length: 0\r\n"));
    rows.add(row("500 without a message of the API, once").server(Answers.once(page)).requests(2));
    rows.add(
        row("500 without a message of the API, each time")
            .server(page)
            .fails(6, "HTTP 500")
            .requests(4));
    rows.add(
        row("500 with a message of the API is not retried")
            .server(Script.sends(Answers.failure("500 Oops")))
            .fails(6, "HTTP 500: Trouble")
            .requests(1));
    rows.addAll(waits());
    rows.addAll(limits());
    rows.add(slow());
    rows.addAll(connections());
    return rows;
  }

  private static Script busyOnce(String retryAfter) {
    return Answers.once(Script.sends(Answers.failure(BUSY, "Retry-After: " + retryAfter)));
  }

  private static Script busyOnceUntil(Duration ahead) {
    return Answers.once((wire, number) ->
        Script.sends(Answers.failure(BUSY, "Retry-After: " + date(ahead))).serve(wire, number));
  }

  private static String date(Duration ahead) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(
        Instant.now().plus(ahead).atOffset(ZoneOffset.UTC));
  }

  private static List<Row> waits() {
    var second = Duration.ofSeconds(1);
    var most = Duration.ofSeconds(12);
    return List.of(
        row("503 three times")
            .server(
                Script.inTurn(
                    Script.sends(Answers.failure(BUSY)),
                    Script.sends(Answers.failure(BUSY)),
                    Script.sends(Answers.failure(BUSY)),
                    Script.sends(Answers.token())))
            .requests(4),
        row("Retry-After: 0").server(busyOnce("0")).requests(2),
        row("Retry-After: 1").server(busyOnce("1")).lasting(second, most).requests(2),
        row("Retry-After: 1 with 429")
            .server(Answers.once(Script.sends(Answers.failure("429 Slow", "Retry-After: 1"))))
            .lasting(second, most)
            .requests(2),
        row("Retry-After, a date 3 s ahead")
            .server(busyOnceUntil(Duration.ofSeconds(3)))
            .lasting(second, most)
            .requests(2),
        row("Retry-After, a date in the past")
            .server(busyOnceUntil(Duration.ofDays(-3)))
            .requests(2),
        row("Retry-After beyond the time limit")
            .server(busyOnce("3600"))
            .fails(6, "HTTP 503.*try again in 3600 s, beyond the time limit")
            .requests(1),
        row("Retry-After beyond --timeout")
            .server(busyOnce("5"))
            .flags("--timeout", "3s")
            .fails(6, "beyond the time limit")
            .requests(1),
        row("Retry-After, a date beyond the time limit")
            .server(busyOnceUntil(Duration.ofHours(2)))
            .fails(6, "beyond the time limit")
            .requests(1),
        row("Retry-After: 20 digits")
            .server(busyOnce("99999999999999999999"))
            .fails(6, "beyond the time limit")
            .requests(1),
        row("Retry-After: a word").server(busyOnce("soon")).requests(2),
        row("Retry-After: negative").server(busyOnce("-5")).requests(2));
  }

  private static List<Row> limits() {
    String date = "Date: Wed, 25 Nov 2026 10:00:00 GMT";
    return List.of(
        row("429, X-Ratelimit-Reset before Retry-After")
            .server(Answers.once(Script.sends(limited(date, 1_795_600_801))))
            .lasting(Duration.ofSeconds(1), Duration.ofSeconds(12))
            .requests(2),
        row("429, X-Ratelimit-Reset beyond the time limit")
            .server(Script.sends(limited(date, 1_795_600_840)))
            .fails(6, "HTTP 429.*try again in 40 s, beyond the time limit")
            .requests(1));
  }

  /** A provider of OAuth may take as long to validate a token: the try is not cut. */
  private static Row slow() {
    var interval = Duration.ofSeconds(16).dividedBy(Answers.token().length());
    return row("answer that takes 16 s")
        .server(Script.drips("", Answers.token(), interval))
        .lasting(Duration.ofSeconds(15), Duration.ofSeconds(28))
        .requests(1);
  }

  private static String limited(String date, long reset) {
    return Answers.failure("429 Slow", date, "Retry-After: 60", "X-Ratelimit-Reset: " + reset);
  }

  private static List<Row> connections() {
    return List.of(
        row("closed port").to("http://{dead}").fails(6, "cannot connect.*\\(4 tries in \\d+ ms"),
        row("port that opens after the first try")
            .flags("-v")
            .lateServer("; try 2 in", Script.sends(Answers.token()))
            .says("cannot connect.*; try 2 in")
            .requests(1),
        row("connection closed without an answer, once")
            .server(Answers.once(Script.sends("")))
            .requests(2),
        row("connection closed without an answer, each time")
            .server(Script.sends(""))
            .fails(6, "without an answer \\(4 tries in \\d+ ms\\)")
            .requests(4),
        row("connection reset without an answer, once")
            .server(Answers.once(Answers.resetsAfter(0)))
            .requests(2),
        row("connection reset without an answer, each time")
            .server(Answers.resetsAfter(0))
            .fails(6, "4 tries")
            .requests(4),
        row("connection reset before the request is read")
            .server((wire, _) -> wire.reset())
            .fails(6, "4 tries")
            .requests(0),
        row("connection reset without an answer, once, TLS")
            .tlsServer(Answers.once(Answers.resetsAfter(0)))
            .requests(2),
        row("connection closed in the TLS handshake, each time")
            .to("https://{server}")
            .server((wire, _) -> wire.hangUp())
            .fails(6, "hung up during the TLS handshake.*4 tries"),
        row("host name without DNS entry")
            .to("http://nohost.invalid")
            .fails(6, "cannot be resolved"),
        row("503 each time, time limit before the last try")
            .server(Script.sends(Answers.failure(BUSY)))
            .flags("--timeout", "1500ms")
            .fails(6, "HTTP 503|time limit")
            .within(Duration.ofSeconds(8)));
  }
}
