package dev.sessiontoken.testkit;

import java.util.Set;

/** What a provider can do wrong, and the tests that must say so: these and no others. */
enum Flaw {
  NONE,
  NAMES_ITSELF_IN_UPPER_CASE("hasAName"),
  HAS_AN_OPTION_TWICE("hasSoundOptions"),
  HAS_A_SECRET_DEFAULT("hasSoundOptions"),
  IS_NOT_INSTALLED("isInstalledAsAService"),
  GIVES_STALE_TOKENS("obtainsAToken"),
  CALLS_A_GAP_A_REFUSAL("saysThatItIsNotConfigured"),
  GIVES_NO_HINT("saysThatItIsNotConfigured"),
  CALLS_A_REFUSAL_AN_OUTAGE("saysThatItWasRefused"),
  THROWS_ITS_OWN("saysThatNobodyAnswers"),
  KNOWS_NO_DEADLINE("endsAtTheDeadline"),
  WRAPS_THE_INTERRUPT("endsWhenItIsInterrupted"),
  LEAVES_THE_FLAG("endsWhenItIsInterrupted"),
  SWALLOWS_THE_FLAG("losesNoInterrupt"),
  KEEPS_ITS_TOKEN("remembersNothing", "servesManyThreads"),
  PRINTS("usesNoStandardStream"),
  LOGS("usesNoStandardStream"),
  READS_ITS_INPUT("usesNoStandardStream"),
  CLOSES_ITS_OUTPUT("usesNoStandardStream"),
  LEAVES_A_THREAD("leavesNoThreadBehind"),
  MESSAGES_TELL_THE_SECRET("tellsNoSecret"),
  STEPS_TELL_THE_SECRET("tellsNoSecret"),
  SAYS_IT_IN_TWO_LINES("saysItInOneLine");

  private final String tests;

  Flaw(String... tests) {
    this.tests = String.join(" ", tests);
  }

  Set<String> tests() {
    return tests.isEmpty() ? Set.of() : Set.of(tests.split(" ", -1));
  }
}
