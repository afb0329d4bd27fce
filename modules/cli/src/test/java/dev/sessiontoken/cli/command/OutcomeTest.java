package dev.sessiontoken.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OutcomeTest {

  @Test
  void itsTextDoesNotContainTheAnswer() {
    assertThat(Outcome.ok("s3cr3t").toString()).doesNotContain("s3cr3t");
  }
}
