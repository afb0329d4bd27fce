package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

/** Calls the work directly, because {@code run} ignores failures. */
class WarmUpTest {
  @Test
  void acceptsItsOwnCertificate() {
    assertThatCode(WarmUp::verifyCertificate).doesNotThrowAnyException();
  }
}
