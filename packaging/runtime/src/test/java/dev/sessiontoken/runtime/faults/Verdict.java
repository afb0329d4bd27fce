package dev.sessiontoken.runtime.faults;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Compares the result of a run with the expected one. */
final class Verdict {
  private static final String SECRET = "a secret on standard error: ";

  private final List<String> failures = new ArrayList<>();
  private final Row.Expected expected;
  private final Outcome outcome;

  private Verdict(Row.Expected expected, Outcome outcome) {
    this.expected = expected;
    this.outcome = outcome;
  }

  /** Differences between result and expectation; empty if the row holds. */
  static List<String> of(Row row, Outcome outcome, List<String> secrets) {
    var verdict = new Verdict(row.expected(), outcome);
    verdict.code();
    verdict.words(row);
    verdict.time();
    verdict.peer();
    verdict.secrets(secrets);
    verdict.require(verdict.failures.isEmpty(), "standard error: " + outcome.err().strip());
    return verdict.failures;
  }

  /** Whether the row must fail even with a known bug: the program hung or printed a secret. */
  static boolean isHangOrLeak(String failure) {
    return failure.startsWith("took ") || failure.contains(SECRET);
  }

  private void require(boolean holds, String failure) {
    if (!holds) failures.add(failure);
  }

  private void code() {
    require(
        outcome.exit() == expected.exit(),
        "exit " + outcome.exit() + " instead of " + expected.exit());
    require(
        outcome.out().equals(expected.out()),
        "standard output is \"" + outcome.out() + "\" instead of \"" + expected.out() + "\"");
  }

  private void words(Row row) {
    String err = outcome.err();
    if (expected.says().isEmpty()) require(err.isEmpty(), "standard error is not empty");
    else require(find(expected.says(), err), "standard error lacks " + expected.says());
    for (String pattern : expected.neverSays()) {
      require(!find(pattern, err), "standard error holds " + pattern);
    }
    boolean isVerbose = row.flags().contains("-v");
    boolean isOneLine = isVerbose || err.isEmpty() || err.lines().count() == 1;
    require(isOneLine || expected.exit() == 3, "standard error is more than one line");
    require(!find("[\\x00-\\x09\\x0b-\\x1f\\x7f]", err), "control characters on standard error");
    require(!err.contains("Exception") || isVerbose, "an exception on standard error");
  }

  private void time() {
    String took = "took " + outcome.took().toMillis() + " ms";
    require(outcome.took().compareTo(expected.atMost()) <= 0, took);
    require(outcome.took().compareTo(expected.atLeast()) >= 0, took + " only");
  }

  private void peer() {
    if (expected.requests() >= 0) {
      require(
          outcome.requests() == expected.requests(),
          "the peer saw " + outcome.requests() + " requests instead of " + expected.requests());
    }
    for (var headers : outcome.headers()) {
      require(
          !headers.containsKey("proxy-authorization"), "the deployment got the proxy's password");
      for (var header : expected.headers().entrySet()) {
        String value = String.join("", headers.getOrDefault(header.getKey(), List.of()));
        require(value.equals(header.getValue()), "the deployment saw no proper " + header.getKey());
      }
    }
    boolean isSeen = expected.headers().isEmpty() || !outcome.headers().isEmpty();
    require(isSeen, "the deployment saw no request");
  }

  private void secrets(List<String> secrets) {
    require(!outcome.err().contains(outcome.agentToken()), SECRET + "the agent token");
    for (String secret : secrets) {
      if (outcome.err().contains(secret)) failures.add(SECRET + secret);
    }
  }

  private static boolean find(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).find();
  }
}
