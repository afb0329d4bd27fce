package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.testkit.raw.Script;
import dev.sessiontoken.testkit.raw.Wire;
import java.time.Duration;
import java.util.List;

/** Faults that no real server has: alerts, garbage and cuts within TLS, and replies below it. */
final class TlsRows {
  private static final String ANSWER = Answers.token();

  private TlsRows() {}

  private static Row row(String name, Script script) {
    return Row.of("raw TLS", name).tlsServer(script);
  }

  /** Replies to the ClientHello with these bytes. */
  private static Row hello(String name, String bytes) {
    return Row.of("raw TLS", name)
        .to("https://{server}")
        .server((wire, _) -> {
          wire.readSome();
          wire.write(bytes);
        });
  }

  private static Script after(String beginning, Ending ending) {
    return (wire, _) -> {
      wire.readRequest();
      wire.write(beginning);
      ending.of(wire);
    };
  }

  /** How a server ends its connection. */
  private interface Ending {
    void of(Wire wire) throws java.io.IOException, InterruptedException;
  }

  static List<Row> rows() {
    String part = ANSWER.substring(0, 100);
    String open = Answers.head("200 OK", "") + Answers.body();
    String half = open.substring(0, open.length() - 9);
    return List.of(
        row("a good answer", Script.sends(ANSWER)).requests(1),
        row("an alert before the answer", after("", Wire::alert)).fails(6, "alert|TLS"),
        row("an alert within the answer", after(part, Wire::alert)).fails(6, "alert|cut|TLS"),
        row("an alert, which is not retried", Answers.once(after(part, Wire::alert)))
            .fails(6, "alert")
            .requests(1),
        row("a plain alert within the answer", after(part, wire -> alert(wire)))
            .fails(6, "broke within TLS"),
        row("garbage within the answer", after(part, wire -> wire.writeRaw("garbage".repeat(9))))
            .fails(6, "TLS|cut"),
        row("no close_notify after a whole answer", after(ANSWER, Wire::hangUp)).requests(1),
        row("no close_notify within the answer", after(part, Wire::hangUp)).fails(7, "cut short"),
        row("no close_notify, no length", after(open, Wire::hangUp)).requests(1),
        row("no close_notify, no length, half a body", after(half, Wire::hangUp))
            .fails(7, "cut short|broken JSON"),
        row("close_notify, no length", Script.sends(open)).requests(1),
        row("connection closed without an answer, each time", Script.sends(""))
            .fails(6, "4 tries")
            .requests(4),
        row("connection reset within the answer, each time", Answers.resetsAfter(100))
            .fails(6, "4 tries"),
        row("connection reset within the answer, once", Answers.once(Answers.resetsAfter(100)))
            .requests(2),
        row("no answer", Script.stallsAfter(""))
            .flags("--timeout", "1s")
            .fails(6, "time limit reached")
            .within(Duration.ofSeconds(8)),
        Row.of("raw TLS", "no bytes in the handshake")
            .to("https://{server}")
            .server((wire, _) -> wire.stay())
            .flags("--timeout", "2s")
            .fails(6, "time limit reached")
            .within(Duration.ofSeconds(8)),
        row("an endless body", Script.endless(Answers.head("200 OK", ""), " ".repeat(999)))
            .fails(7, "larger than 1048576"),
        hello("plain HTTP at a TLS port", ANSWER).fails(6, "does not speak TLS"),
        hello("SSH at a TLS port", "SSH-2.0-x\r\n").fails(6, "does not speak TLS"),
        hello("handshake_failure", "\u0015\u0003\u0003\0\u0002\u0002(")
            .fails(6, "no common ground"),
        hello("protocol_version", "\u0015\u0003\u0003\0\u0002\u0002F")
            .fails(6, "no version of TLS"),
        hello("unrecognized_name", "\u0015\u0003\u0003\0\u0002\u0002p")
            .fails(6, "does not know the host name"),
        hello("internal_error", "\u0015\u0003\u0003\0\u0002\u0002P").fails(6, "alert"),
        hello("an alert of unknown code", "\u0015\u0003\u0003\0\u0002\u0002\u00c8").fails(6, "TLS"),
        hello("half a ServerHello", "\u0016\u0003\u0003\0z\u0002\0")
            .fails(6, "hung up during the TLS"),
        hello("a broken ServerHello", "\u0016\u0003\u0003\0\u0004\u0002\0\0\0").fails(6, "TLS"),
        hello(
                "a record larger than TLS allows",
                "\u0016\u0003\u0003\u00ff\u00ff" + "x".repeat(70000))
            .fails(6, "TLS"));
  }

  private static void alert(Wire wire) throws java.io.IOException {
    wire.writeRaw("\u0015\u0003\u0003\0\u0002\u0002P");
  }
}
