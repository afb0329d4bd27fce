package dev.sessiontoken.runtime.faults;

import java.time.Duration;
import java.util.List;

/** Headers that the user adds by flags, variables and {@code --header-command}. */
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
        row("--header that the reverse proxy requires")
            .to("http://{nginx-header}")
            .flags("--header", "X-Team=blue")
            .requests(1),
        row("CODER_HEADER").with("CODER_HEADER", "X-Team=" + SECRET).header("x-team", SECRET),
        row("--header overrides CODER_HEADER")
            .with("CODER_HEADER", "X-Team=red")
            .flags("--header", "X-Team=" + SECRET)
            .header("x-team", SECRET),
        row("--header without =").flags("--header", "hunter2").fails(2, "NAME=VALUE").requests(0),
        row("--header with the token's header name")
            .flags("--header", "Coder-Session-Token=hunter2")
            .fails(3, "carries the agent's token and cannot be replaced")
            .requests(0),
        row("CODER_HEADER with the token's header name in other case")
            .with("CODER_HEADER", "cODER-sESSION-tOKEN=hunter2")
            .fails(3, "cannot be replaced"),
        row("CODER_HEADER with a line end in the value")
            .with("CODER_HEADER", "X-Team=a\r\nX-Evil: hunter2")
            .fails(3, "cannot be sent"),
        row("--header with a name that HTTP clients may not set")
            .flags("--header", "Host=hunter2")
            .fails(3, "Host"),
        row("--header without a name").flags("--header", "=hunter2").fails(2, "NAME=VALUE"),
        command("--header-command", "echo 'X-Team=hunter2 blue'").header("x-team", SECRET),
        command("--header-command, two lines", "echo X-Team=hunter2; echo X-Floor=2")
            .header("x-floor", "2"),
        row("CODER_HEADER_COMMAND")
            .with("CODER_HEADER_COMMAND", "echo X-Team=hunter2")
            .header("x-team", "hunter2"),
        command("--header-command gets CODER_URL", "echo X-Team=${CODER_URL%%:*}")
            .header("x-team", "http"),
        command("--header-command does not get the token", "echo X-Team=x$CODER_AGENT_TOKEN")
            .header("x-team", "x"),
        command("--header-command fails", "echo sorry >&2; exit 7")
            .fails(3, "sorry\n.*ended with status 7")
            .requests(0),
        command("--header-command does not exist", "/none/such").fails(3, "status 127"),
        command(
                "--header-command hangs",
                "exec sleep 60") // exec: without a shell that may print "Killed"
            .flags("--timeout", "1s")
            .fails(6, "run the header command: time limit reached")
            .within(Duration.ofSeconds(8))
            .requests(0),
        command(
                "--header-command leaves a child process running",
                "sleep 15 2>/dev/null & echo X-Team=red")
            .header("x-team", "red")
            .within(Duration.ofSeconds(9)),
        command("--header-command prints nothing", "true").requests(1),
        command("--header-command prints a line without =", "echo hunter2")
            .fails(3, "not NAME=VALUE"),
        command("--header-command prints more than 64 KiB", "yes X-Team=hunter2")
            .fails(3, "64 KiB"),
        command("--header-command sets the token's header", "echo coder-session-token=hunter2")
            .fails(3, "cannot be replaced"));
  }
}
