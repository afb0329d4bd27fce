package dev.sessiontoken.runtime.faults;

import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The matrix as a page for people. */
final class Document {
  private static final String TOP =
      """
      # Faults

      What the program does when something is wrong between it and the deployment. This page is made from the tests that
      hold it to that:
      `packaging/runtime/src/test/java/dev/sessiontoken/runtime/faults`. `REWRITE_FAULTS=1 ./dev test` writes it anew.

      Each row is one call of `coder external-auth access-token github` of the built image. Standard output holds the token
      where the exit code is 0, and nothing otherwise; standard error matches the pattern, and is empty where there is none.
      No row takes longer than 20 seconds, or than the row says; no secret is on standard error in any. "Requests" is what
      the peer must see. The last column is what `curl --silent --fail` does with the same settings: its exit code (6 no
      such host, 7 no connection, 22 HTTP 400 or above, 28 time limit, 35 TLS, 52 no answer, 56 connection broke, 58 client
      certificate, 60 server certificate not accepted, 63 too large), and the status of the answer. Rows with a note are
      known not to hold yet.
      """;

  private Document() {}

  /** The page, with what curl does. */
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
