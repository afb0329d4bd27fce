package dev.sessiontoken.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SecretFilterTest {
  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final SecretFilter secrets = new SecretFilter();
  private final PrintStream err =
      secrets.filter(new PrintStream(written, true, StandardCharsets.UTF_8));

  private String written() {
    return written.toString(StandardCharsets.UTF_8);
  }

  @Test
  void areHiddenInWhatIsWrittenLater() {
    err.print("before s3cr3t-canary\n");
    secrets.add("s3cr3t-canary");
    err.print("after s3cr3t-canary é\n");
    assertThat(written()).isEqualTo("before s3cr3t-canary\nafter [secret] é\n");
  }

  @Test
  void areHiddenWhereALineIsWrittenInPieces() {
    secrets.add("s3cr3t-canary");
    err.write("a s3cr3t".getBytes(StandardCharsets.UTF_8), 0, 8);
    err.print("-canary\n");
    assertThat(written()).isEqualTo("a [secret]\n");
  }

  @Test
  void leaveBytesThatAreNoUtf8AsTheyAre() {
    secrets.add("s3cr3t-canary");
    byte[] bytes = {'a', (byte) 0xff, (byte) 0xc3, '\n'};
    err.write(bytes, 0, bytes.length);
    err.flush();
    assertThat(written.toByteArray()).isEqualTo(bytes);
  }

  @Test
  void areTheWordsOfAHeaderToo() {
    secrets.add("Bearer s3cr3t-canary");
    err.print("Bearer is refused: s3cr3t-canary\n");
    assertThat(written()).isEqualTo("Bearer is refused: [secret]\n");
  }
}
