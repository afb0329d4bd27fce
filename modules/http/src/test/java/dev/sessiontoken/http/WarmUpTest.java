package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** That it does all of its work: what it throws, it swallows. */
class WarmUpTest {
  @Test
  void acceptsItsOwnCertificate() {
    assertThatCode(WarmUp::checkSignature).doesNotThrowAnyException();
  }

  @Test
  void loadsWithoutTrouble() {
    assertThatCode(WarmUp::loadClasses).doesNotThrowAnyException();
  }
}
