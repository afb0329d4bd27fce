package dev.sessiontoken.runtime.faults;

import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the matrix as docs/faults.md. */
final class Document {
  private static final String TOP =
      """
      # Faults

      What the program does when something between it and the deployment fails. The tests in
      `packaging/runtime/src/test/java/dev/sessiontoken/runtime/faults` check each row; `REWRITE_FAULTS=1 ./dev test` writes
      this page from them.

      Each row is one call of `coder external-auth access-token github` of the built image. Standard output holds the token
      if the exit code is 0, and is empty otherwise. Standard error matches the pattern; without a pattern it is empty. It
      never holds a secret. "Within" is the longest time that the call may take. "Requests" is the number of requests that
      the server must receive. The last column is what `curl --silent --fail` does with the same settings: its exit code
      (6 no such host, 7 no connection, 22 HTTP 400 or above, 28 time limit, 35 TLS, 52 no answer, 56 connection broke,
      58 client certificate, 60 server certificate not accepted, 63 too large), and the status of the answer. A row with
      a note is known to fail.
      """;

  private Document() {}

  /** The page; {@code curl} gives the text of each row's last column. */
  static String of(Function<Row, String> curl) {
    var text = new StringBuilder(TOP);
    String group = "";
    for (var row : Stream.concat(Matrix.rows().stream(), NamespaceRows.rows().stream()).toList()) {
      if (!row.group().equals(group)) {
        group = row.group();
        text.append("\n## ").append(group).append("\n\n");
        text.append("| row | settings | exit | standard error | within | requests | curl |\n");
        text.append("| --- | --- | --- | --- | --- | --- | --- |\n");
      }
      text.append(line(row, curl.apply(row)));
    }
    return text.toString();
  }

  /** The page without its last column, which depends on the machine. */
  static String withoutCurl(String page) {
    return page.lines()
        .map(line -> line.startsWith("| ") ? line.replaceFirst("\\|[^|]*\\|$", "|") : line)
        .collect(Collectors.joining("\n"));
  }

  private static String line(Row row, String curl) {
    var expected = row.expected();
    String note = expected.bug().isEmpty() ? "" : " **Not yet: " + expected.bug() + ".**";
    return "| "
        + String.join(
            " | ",
            cell(row.name()) + (row.variants() == 1 ? "" : " (" + row.variants() + " runs)") + note,
            settings(row),
            String.valueOf(expected.exit()),
            code(expected.says()),
            expected.atMost().toMillis() + " ms",
            expected.requests() < 0 ? "" : String.valueOf(expected.requests()),
            curl)
        + " |\n";
  }

  private static String settings(Row row) {
    var environment = row.environment().entrySet().stream();
    return Stream.of(
            Stream.of(row.url()),
            environment.map(each -> each.getKey() + "=" + each.getValue()),
            Stream.of(String.join(" ", row.flags())))
        .flatMap(each -> each)
        .filter(each -> !each.isEmpty())
        .map(Document::code)
        .collect(Collectors.joining(" "));
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + cell(text) + "`";
  }

  private static String cell(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("|", "\\|");
  }
}
