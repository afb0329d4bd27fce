package dev.sessiontoken.testkit;

import java.util.Set;

/** A flaw of a provider, and the tests that must fail for it; all others must pass. */
enum Flaw {
  NONE,
  NAMES_ITSELF_IN_UPPER_CASE("hasAName"),
  HAS_AN_OPTION_TWICE("hasSoundOptions"),
  HAS_A_SECRET_DEFAULT("hasSoundOptions"),
  IS_NOT_INSTALLED("isInstalledAsAService"),
  RETURNS_EXPIRED_TOKENS("obtainsAToken"),
  REPORTS_MISSING_SETTINGS_AS_A_REFUSAL("saysThatItIsNotConfigured"),
  HAS_NO_HINT("saysThatItIsNotConfigured"),
  REPORTS_A_REFUSAL_AS_AN_OUTAGE("saysThatItWasRefused"),
  THROWS_ANOTHER_EXCEPTION("saysThatNobodyAnswers"),
  IGNORES_THE_DEADLINE("endsAtTheDeadline"),
  WRAPS_THE_INTERRUPT("endsWhenItIsInterrupted"),
  LEAVES_THE_INTERRUPT_FLAG_SET("endsWhenItIsInterrupted"),
  CLEARS_THE_INTERRUPT_FLAG("losesNoInterrupt"),
  KEEPS_ITS_TOKEN("remembersNothing", "servesManyThreads"),
  PRINTS("usesNoStandardStream"),
  LOGS("usesNoStandardStream"),
  READS_ITS_INPUT("usesNoStandardStream"),
  CLOSES_ITS_OUTPUT("usesNoStandardStream"),
  LEAVES_A_THREAD("leavesNoThreadBehind"),
  MESSAGES_CONTAIN_THE_SECRET("tellsNoSecret"),
  STEPS_CONTAIN_THE_SECRET("tellsNoSecret"),
  TELLS_A_PERSON_THE_SECRET("tellsNoSecret"),
  MESSAGE_OF_TWO_LINES("saysItInOneLine");

  private final String tests;

  Flaw(String... tests) {
    this.tests = String.join(" ", tests);
  }

  Set<String> tests() {
    return tests.isEmpty() ? Set.of() : Set.of(tests.split(" ", -1));
  }
}
