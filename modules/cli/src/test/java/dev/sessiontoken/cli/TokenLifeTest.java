package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.Fault;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code external-auth access-token --min-ttl}, and the public key. */
class TokenLifeTest extends ProgramTest {

  private void expiresIn(long seconds) {
    var expiry = Instant.now().plusSeconds(seconds);
    coder.fault(
        Fault.json(
            200, "{\"access_token\":\"t\",\"type\":\"x\",\"expires_at\":\"" + expiry + "\"}"));
  }

  @ParameterizedTest
  @CsvSource({"3700,1h", "100000,24h"})
  void isLongEnough(long seconds, String least) {
    expiresIn(seconds);
    assertThat(accessToken("github", "--min-ttl", least)).isEqualTo(new Ended(0, "t", ""));
  }

  @Test
  void isReportedWithBothFiguresIfTooShort() {
    expiresIn(600);
    var run = accessToken("github", "--min-ttl=30m");
    failed(run, 6, "--min-ttl asks for 30m");
    assertThat(run.err()).containsPattern("valid: for (10m|9m5\\ds), but");
    expiresIn(-600);
    failed(accessToken("github", "--min-ttl=1s"), 6, "for 0s, but --min-ttl asks for 1s");
  }

  @Test
  void isNotCheckedWhereTheTokenHasNoExpiry() {
    assertThat(accessToken("github", "--min-ttl=24h").out()).isEqualTo("gho_bananas");
  }

  @Test
  void isNotCheckedBeforeALogin() {
    assertThat(accessToken("gitlab", "--min-ttl=24h").status()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "nonsense", "-1m"})
  void isADuration(String least) {
    misused(accessToken("github", "--min-ttl", least), "--min-ttl wants a duration");
  }

  @Test
  void thePublicKeyIsOneLine() {
    assertThat(run(environment(), "publickey"))
        .isEqualTo(new Ended(0, coder.sshKey().publicKey().strip() + "\n", ""));
  }
}
