package dev.sessiontoken.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.cli.resident.Frame;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTest {

  private static Request read(byte[] bytes) throws IOException {
    return Request.of(Frame.read(new DataInputStream(new ByteArrayInputStream(bytes)), 1 << 20));
  }

  private static Request read(Frame... parts) throws IOException {
    return read(Frame.request(List.of(parts)));
  }

  @Test
  void readsTheBytesThatTheClientSends() throws Exception {
    var request = read(Golden.REQUEST);
    assertThat(request.image()).isEqualTo("0123456789abcdef");
    assertThat(request.launcher()).isEqualTo("/opt/coder/bin/coder");
    assertThat(request.arguments()).containsExactly("external-auth", "access-token", "githüb");
    assertThat(request.environment())
        .isEqualTo(
            Map.of(
                "CODER_AGENT_URL", "https://coder.example.com",
                "HOME", "/home/u",
                "https_proxy", "http://p:3128"));
    assertThat(request.isErrTerminal()).isFalse();
    assertThat(request.question()).isEmpty();
  }

  @Test
  void sendsTheBytesThatTheClientReads() throws Exception {
    var sent = new ByteArrayOutputStream();
    sent.write(Frame.VERSION);
    for (int i = 0; i < 2; i++) Frame.of(Frame.BEAT).write(sent);
    Frame.of(Frame.ERR, "coder: warning: ü\n").write(sent);
    Frame.of(Frame.OUT, "gho_bananas").write(sent);
    new Frame(Frame.EXIT, new byte[] {5}).write(sent);
    assertThat(sent.toByteArray()).isEqualTo(Golden.ANSWER);
  }

  @Test
  void refusesARequestThatIsCutAtAnyByte() {
    for (int length = 0; length < Golden.REQUEST.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(Golden.REQUEST, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(IOException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {Frame.ARGUMENT, Frame.VARIABLE, Frame.LAUNCHER, Frame.IMAGE})
  void refusesANulWithinAText(char kind) {
    assertThatThrownBy(() -> read(Frame.of(kind, "A=b\0c"))).hasMessageContaining("NUL");
  }

  @Test
  void refusesBytesThatAreNoUtf8() {
    assertThatThrownBy(() -> read(new Frame(Frame.ARGUMENT, new byte[] {(byte) 0xff})))
        .isInstanceOf(IOException.class);
  }

  @Test
  void refusesAnotherVersion() {
    byte[] other = Golden.REQUEST.clone();
    other[0] = 2;
    assertThatThrownBy(() -> read(other)).hasMessageContaining("version");
  }

  @Test
  void refusesAPartThatComesTwice() {
    assertThatThrownBy(() -> read(Frame.of(Frame.IMAGE, "a"), Frame.of(Frame.IMAGE, "b")))
        .hasMessageContaining("twice");
  }

  @Test
  void takesTheFirstOfTwoVariables() throws Exception {
    var request = read(Frame.of(Frame.VARIABLE, "A=1"), Frame.of(Frame.VARIABLE, "A=2"));
    assertThat(request.environment()).isEqualTo(Map.of("A", "1"));
  }

  @Test
  void readsOrRefusesWhateverComes() {
    var random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = Golden.REQUEST.clone();
      for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(read(bytes).arguments()).isNotNull();
      } catch (IOException e) {
        assertThat(e).isNotInstanceOf(java.io.UncheckedIOException.class);
      }
    }
  }

  @Test
  void showsNoSecret() throws Exception {
    assertThat(read(Golden.REQUEST).toString()).doesNotContain("example.com");
  }
}
