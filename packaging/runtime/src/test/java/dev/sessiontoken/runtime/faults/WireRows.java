package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.testkit.raw.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Answers that no real server sends: broken, endless or slow bytes of HTTP without TLS. */
final class WireRows {
  private static final String BODY = Answers.body();
  private static final String LENGTH = "Content-Length: " + BODY.length() + "\r\n";
  private static final String GO =
      "HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n";
  private static final String CHUNKED = "Transfer-Encoding: chunked\r\n";

  private WireRows() {}

  private static Row row(String name, Script script) {
    return Row.of("raw socket", name).server(script);
  }

  private static Row sends(String name, String answer) {
    return row(name, Script.sends(answer));
  }

  private static Row ok(String name, String headerLines, String body) {
    return sends(name, Answers.head("200 OK", headerLines) + body);
  }

  static List<Row> rows() {
    var rows = new ArrayList<Row>();
    rows.addAll(breaks());
    rows.addAll(statusLines());
    rows.addAll(headers());
    rows.addAll(lengths());
    rows.addAll(chunks());
    rows.addAll(slowness());
    return rows;
  }

  private static List<Row> breaks() {
    int length = Answers.brief().length();
    int body = Answers.brief().indexOf('{');
    return List.of(
        Row.of("raw socket", "connection reset once, after each byte of the answer")
            .servers(length, bytes -> Answers.once(Script.resetsAfter(Answers.brief(), bytes)))
            .requests(2),
        Row.of("raw socket", "connection closed once, after each byte of the head")
            .servers(body, bytes -> Answers.once(Script.sends(Answers.brief().substring(0, bytes))))
            .requests(2),
        Row.of("raw socket", "connection closed after each byte of the body")
            .servers(
                length - body, bytes -> Script.sends(Answers.brief().substring(0, body + bytes)))
            .fails(7, "the answer was cut short")
            .requests(1),
        row("connection reset in the head, each time", Answers.resetsAfter(20))
            .fails(6, "4 tries")
            .requests(4),
        row("connection reset in the body, each time", Answers.resetsAfter(100))
            .fails(6, "4 tries"),
        row("connection closed in the head, each time", Answers.closesAfter(20))
            .fails(6, "4 tries"));
  }

  private static Row noHttp(String name, String answer) {
    return sends(name, answer).fails(7, "no HTTP");
  }

  private static List<Row> statusLines() {
    String good = Answers.token();
    return List.of(
        noHttp("garbage before the status line", "\u0001\u0002garbage\r\n" + good),
        noHttp("an empty line before the status line", "\r\n" + good),
        noHttp("SSH greeting", "SSH-2.0-OpenSSH_9.6\r\n"),
        noHttp("SMTP greeting", "220 mail.test ESMTP\r\n"),
        noHttp("HTML without a status line", "<html>Hello</html>\n"),
        sends("HTTP/2 frame without TLS", "\0\0\0\4\0\0\0\0\0")
            .fails(6, "closed without an answer"),
        sends("TLS alert", "\u0015\u0003\u0001\0\u0002\u0002F").fails(6, "closed without"),
        sends("Go's answer to plain HTTP at a TLS port", GO)
            .fails(7, "HTTP 400.*an HTTP request to an HTTPS server"),
        noHttp("a status that is no number", good.replace("200", "abc")),
        noHttp("a status of two digits", good.replace("200", "20")),
        noHttp("no status", good.replace(" 200 OK", "")),
        sends("status 999", good.replace("200 OK", "999 X")).fails(7, "HTTP 999"),
        sends("status 600", good.replace("200 OK", "600 X")).fails(7, "HTTP 600"),
        sends("status 000", good.replace("200 OK", "000 X")).fails(7, "HTTP 0|no HTTP"),
        sends("no reason phrase", good.replace("200 OK", "200")),
        sends("HTTP/1.0", good.replace("HTTP/1.1", "HTTP/1.0")),
        sends("HTTP/1.0 without a length", "HTTP/1.0 200 OK\r\n\r\n" + BODY),
        noHttp("HTTP/3.7", good.replace("HTTP/1.1", "HTTP/3.7")),
        sends("100 before the answer", "HTTP/1.1 100 Continue\r\n\r\n" + good),
        sends("103 before the answer", "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + good),
        sends("101", Answers.head("101 Switching Protocols", "Upgrade: x\r\n"))
            .fails(7, "101|no HTTP"),
        row("endless 100", Script.endless("", "HTTP/1.1 100 Continue\r\n\r\n"))
            .flags("--timeout", "5s")
            .fails(7, "no HTTP"),
        sends("206", good.replace("200 OK", "206 Part")).fails(7, "HTTP 206"),
        sends("304", Answers.head("304 Not Modified", "")).fails(7, "HTTP 304"),
        sends("line ends without CR", good.replace("\r\n", "\n")));
  }

  private static List<Row> headers() {
    return List.of(
        row("an endless header", Script.endless("HTTP/1.1 200 OK\r\nX-Endless: ", "x".repeat(999)))
            .fails(7, "header section is too large"),
        row("endless headers", Script.endless("HTTP/1.1 200 OK\r\n", "X-Endless: again\r\n"))
            .fails(7, "header section is too large"),
        row("an endless status line", Script.endless("HTTP/1.1 200 ", "x".repeat(999)))
            .fails(7, "header section is too large"),
        ok("headers of 60 KiB", "X-Large: " + "x".repeat(60 * 1024) + "\r\n" + LENGTH, BODY),
        ok("headers of 70 KiB", "X-Large: " + "x".repeat(70 * 1024) + "\r\n" + LENGTH, BODY)
            .fails(7, "header section is too large"),
        ok("a header without a colon", "Nonsense\r\n" + LENGTH, BODY),
        ok("a header without a name", ": nonsense\r\n" + LENGTH, BODY),
        ok("a zero byte in a header", "X-Zero: a\0b\r\n" + LENGTH, BODY).fails(7, "no HTTP"),
        ok("a folded header", "X-Folded: a\r\n b\r\n" + LENGTH, BODY),
        ok("bytes beyond ASCII in a header", "X-Umlaut: \u00e4\u00ff\r\n" + LENGTH, BODY),
        ok("a gzip body without Content-Encoding", LENGTH, "\u001f\u008b" + BODY.substring(2))
            .fails(7, "JSON"),
        ok("Content-Encoding: br", "Content-Encoding: br\r\n" + LENGTH, BODY)
            .fails(7, "compressed \\(br\\)"),
        ok(
                "Content-Encoding: gzip, body not compressed",
                "Content-Encoding: gzip\r\n" + LENGTH,
                BODY)
            .fails(7, "gzip"),
        ok("Content-Encoding: identity", "Content-Encoding: identity\r\n" + LENGTH, BODY),
        ok(
                "a request id with an escape sequence",
                "X-Coder-Request-Id: \u001b[2J\r\n" + LENGTH,
                BODY)
            .flags("-v")
            .says("request \\[2J"));
  }

  private static List<Row> lengths() {
    return List.of(
        ok("no length", "", BODY),
        ok("two equal Content-Lengths", LENGTH + LENGTH, BODY),
        ok("two different Content-Lengths", LENGTH + "Content-Length: 5\r\n", BODY)
            .fails(7, "two lengths"),
        ok("Content-Length: 5 before the right one", "Content-Length: 5\r\n" + LENGTH, BODY)
            .fails(7, "two lengths"),
        ok("Content-Length: negative", "Content-Length: -5\r\n", BODY)
            .fails(7, "cut short|no HTTP"),
        ok("Content-Length: a word", "Content-Length: all\r\n", BODY).fails(7, "cut short|no HTTP"),
        ok("Content-Length: 20 digits", "Content-Length: 99999999999999999999\r\n", BODY)
            .fails(7, "."),
        ok("Content-Length: 10 digits", "Content-Length: 9999999999\r\n", BODY)
            .fails(7, "larger|cut"),
        ok("Content-Length: too small", "Content-Length: 20\r\n", BODY).fails(7, "JSON"),
        ok("Content-Length: zero", "Content-Length: 0\r\n", BODY).fails(7, "an empty body"),
        ok("Content-Length and chunks", LENGTH + CHUNKED, chunk(BODY) + "0\r\n\r\n")
            .fails(7, "JSON"),
        row("an endless body", Script.endless(Answers.head("200 OK", ""), " ".repeat(999)))
            .fails(7, "larger than 1048576"));
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static List<Row> chunks() {
    String head = Answers.head("200 OK", CHUNKED);
    return List.of(
        sends(
            "chunks", head + chunk(BODY.substring(0, 9)) + chunk(BODY.substring(9)) + "0\r\n\r\n"),
        sends("chunks with a trailer", head + chunk(BODY) + "0\r\nX-Sum: 1\r\n\r\n"),
        sends("chunks without the last chunk", head + chunk(BODY)).fails(7, "cut short"),
        sends("a chunk shorter than its length", head + "fff\r\n" + BODY).fails(7, "cut short"),
        sends("a chunk length that is no number", head + "xyz\r\n" + BODY + "\r\n0\r\n\r\n")
            .fails(7, "."),
        sends("a negative chunk length", head + "-5\r\n" + BODY + "\r\n0\r\n\r\n").fails(7, "."),
        sends("a chunk length of 20 digits", head + "f".repeat(20) + "\r\n").fails(7, "."),
        row("endless chunks", Script.endless(head, chunk(" ".repeat(999))))
            .fails(7, "larger than 1048576"),
        row("an endless chunk length", Script.endless(head, "0".repeat(999)))
            .flags("--timeout", "3s")
            .fails(7, ".")
            .within(Duration.ofSeconds(8)));
  }

  /**
   * A row that reaches the time limit. On a busy machine the command is abandoned before it can
   * report what it waits for: the pattern allows both messages.
   */
  private static Row late(String name, Script script, String part) {
    return row(name, script)
        .flags("--timeout", "2s")
        .fails(6, "time limit reached(; | while waiting for " + part + ")")
        .lasting(Duration.ofMillis(1700), Duration.ofSeconds(9));
  }

  private static List<Row> slowness() {
    var head = Answers.head("200 OK", LENGTH);
    var blink = Duration.ofMillis(10);
    return List.of(
        late("no answer", Script.stallsAfter(""), "an answer").requests(1),
        late(
            "no bytes after the status line",
            Script.stallsAfter("HTTP/1.1 200 OK\r\n"),
            "an answer"),
        late(
            "no bytes after the start of the body",
            Script.stallsAfter(head + "{"),
            "the rest of the answer"),
        late("a slow head", Script.drips("", head, Duration.ofMillis(500)), "an answer"),
        late(
            "a slow body",
            Script.drips(head, " ".repeat(500), Duration.ofMillis(50)),
            "the rest of the answer"),
        late(
            "slow chunks",
            Script.drips(
                Answers.head("200 OK", CHUNKED), "1\r\n \r\n".repeat(99), blink.multipliedBy(5)),
            "the rest of the answer"),
        row("a slow answer that ends in time", Script.drips("", head + BODY, blink)),
        row("connection kept open after a whole answer", Script.stallsAfter(head + BODY))
            .within(Duration.ofSeconds(9)));
  }
}
