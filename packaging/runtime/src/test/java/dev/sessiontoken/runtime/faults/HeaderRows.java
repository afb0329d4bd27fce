package dev.sessiontoken.runtime.faults;

import java.time.Duration;
import java.util.List;

/** Headers that the user adds. */
final class HeaderRows {
  private static final String SECRET = "hunter2 blue";

  private HeaderRows() {}

  private static Row row(String name) {
    return Row.of("headers", name).to("http://{nginx-plain}");
  }

  private static Row command(String name, String command) {
    return row(name).flags("--header-command", command);
  }

  static List<Row> rows() {
    return List.of(
        row("--header").flags("--header", "X-Team=" + SECRET).header("x-team", SECRET),
        row("--header, -v").flags("--header", "X-Team=" + SECRET, "-v").says("HTTP 200"),
        row("--header twice")
            .flags("--header", "X-Team=" + SECRET, "--header", "X-Floor=2")
            .header("x-team", SECRET)
            .header("x-floor", "2"),
        row("--header with = in its value").flags("--header", "X-Team=a=b").header("x-team", "a=b"),
        row("--header that the proxy before the deployment insists on")
            .to("http://{nginx-header}")
            .flags("--header", "X-Team=blue")
            .requests(1),
        row("CODER_HEADER").with("CODER_HEADER", "X-Team=" + SECRET).header("x-team", SECRET),
        row("--header beats CODER_HEADER")
            .with("CODER_HEADER", "X-Team=red")
            .flags("--header", "X-Team=" + SECRET)
            .header("x-team", SECRET),
        row("--header without =").flags("--header", "hunter2").fails(2, "NAME=VALUE").requests(0),
        row("the token's own header")
            .flags("--header", "Coder-Session-Token=hunter2")
            .fails(3, "carries the agent's token and cannot be replaced")
            .requests(0),
        row("the token's own header in other letters")
            .with("CODER_HEADER", "cODER-sESSION-tOKEN=hunter2")
            .fails(3, "cannot be replaced"),
        row("a line end in the value")
            .with("CODER_HEADER", "X-Team=a\r\nX-Evil: hunter2")
            .fails(3, "cannot be sent"),
        row("a name that cannot be set").flags("--header", "Host=hunter2").fails(3, "Host"),
        row("no name").flags("--header", "=hunter2").fails(2, "NAME=VALUE"),
        command("--header-command", "echo 'X-Team=hunter2 blue'").header("x-team", SECRET),
        command("--header-command, two lines", "echo X-Team=hunter2; echo X-Floor=2")
            .header("x-floor", "2"),
        row("CODER_HEADER_COMMAND")
            .with("CODER_HEADER_COMMAND", "echo X-Team=hunter2")
            .header("x-team", "hunter2"),
        command("--header-command is told the URL", "echo X-Team=${CODER_URL%%:*}")
            .header("x-team", "http"),
        command("--header-command is not told the token", "echo X-Team=x$CODER_AGENT_TOKEN")
            .header("x-team", "x"),
        command("--header-command fails", "echo sorry >&2; exit 7")
            .fails(3, "sorry\n.*ended with status 7")
            .requests(0),
        command("--header-command does not exist", "/none/such").fails(3, "status 127"),
        command("--header-command hangs", "exec sleep 60") // a shell of its own may say "Killed"
            .flags("--timeout", "1s")
            .fails(6, "run the header command: time limit reached")
            .within(Duration.ofSeconds(8))
            .requests(0),
        command("--header-command leaves a child behind", "sleep 15 2>/dev/null & echo X-Team=red")
            .header("x-team", "red")
            .within(Duration.ofSeconds(9)),
        command("--header-command says nothing", "true").requests(1),
        command("--header-command says nonsense", "echo hunter2").fails(3, "not NAME=VALUE"),
        command("--header-command says too much", "yes X-Team=hunter2").fails(3, "64 KiB"),
        command("--header-command sets the token's own", "echo coder-session-token=hunter2")
            .fails(3, "cannot be replaced"));
  }
}
