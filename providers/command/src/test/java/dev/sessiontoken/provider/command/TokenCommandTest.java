package dev.sessiontoken.provider.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.FixedContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class TokenCommandTest {
  @TempDir Path folder;
  private final TokenCommand provider = new TokenCommand();

  private SessionToken obtain(String command) throws SessionTokenException, InterruptedException {
    return provider.obtain(new FixedContext(Map.of("command", command)));
  }

  private SessionToken script(String script) throws SessionTokenException, InterruptedException {
    return obtain("sh -c '" + script + "'");
  }

  private void fails(String command, Class<? extends SessionTokenException> kind, String problem) {
    assertThatThrownBy(() -> obtain(command))
        .isInstanceOf(kind)
        .hasMessageContaining(problem)
        .hasMessageNotContaining("s3cr3t");
  }

  @Test
  void takesTheTokenFromTheOutput() throws Exception {
    assertThat(script("echo abc")).isEqualTo(SessionToken.of("abc"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void reportsThatNoCommandIsGiven(String command) {
    assertThatThrownBy(() -> obtain(command))
        .isInstanceOf(NotConfigured.class)
        .hasMessage("read the command of CODER_AUTH_COMMAND: none is given");
    assertThatThrownBy(() -> provider.obtain(new FixedContext(Map.of())))
        .hasMessage("read the command of CODER_AUTH_COMMAND: none is given");
  }

  @Test
  void reportsACommandThatCannotBeSplit() {
    fails("get 's3cr3t", NotConfigured.class, "CODER_AUTH_COMMAND: a quotation mark is open");
  }

  @Test
  void reportsAProgramThatCannotBeStarted() throws Exception {
    fails(
        "/nonexistent/get-token s3cr3t",
        NotConfigured.class,
        "run the command /nonexistent/get-token: there is no such program");
    var plain = Files.writeString(folder.resolve("plain"), "text");
    fails(plain + " s3cr3t", NotConfigured.class, "this user may not execute it");
    fails(folder + " s3cr3t", NotConfigured.class, "this user may not execute it");
  }

  @ParameterizedTest
  @CsvSource({
    "1, Rejected", "2, Rejected", "3, NotConfigured", "4, Rejected", "5, Rejected",
    "6, Unreachable", "7, BadAnswer", "70, Rejected", "126, NotConfigured", "127, NotConfigured",
    "128, Rejected", "255, Rejected"
  })
  void mapsTheExitStatus(int status, String kind) {
    assertThatThrownBy(() -> script("echo first >&2; echo last word >&2; exit " + status))
        .hasMessage("run the command sh: exit status " + status + ": last word")
        .extracting(e -> e.getClass().getSimpleName())
        .isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource({"TERM, 15", "KILL, 9", "SEGV, 11"})
  void reportsASignal(String signal, int number) {
    assertThatThrownBy(() -> script("kill -" + signal + " $$"))
        .isInstanceOf(Unreachable.class)
        .hasMessageContaining("signal " + number + " ended it");
  }

  @Test
  void refusesOutputThatIsNoToken() {
    fails("echo s3cr3t s3cr3t", BadAnswer.class, "it prints white space");
    fails("true", BadAnswer.class, "it prints nothing");
    fails("cat /dev/zero", BadAnswer.class, "it prints more than 64 KiB");
  }

  @Test
  void givesNoInput() throws Exception {
    assertThat(script("cat; echo abc").value()).isEqualTo("abc");
  }

  @Test
  void tellsTheCommandTheDeployment() throws Exception {
    assertThat(script("echo \"$CODER_URL\"").value()).isEqualTo("https://coder.example.com");
  }

  @Test
  void doesNotWaitForWhatTheCommandLeavesInTheBackground() throws Exception {
    assertThat(script("sleep 600 & echo abc").value()).isEqualTo("abc");
  }

  @Test
  void leavesAServiceRunningThatHasClosedItsOutput() throws Exception {
    var id = folder.resolve("id");
    script("sleep 600 >/dev/null 2>&1 & echo $! >" + id + "; echo abc");
    var service = ProcessHandle.of(Long.parseLong(Files.readString(id).strip())).orElseThrow();
    assertThat(service.isAlive()).isTrue();
    service.destroyForcibly();
  }
}
