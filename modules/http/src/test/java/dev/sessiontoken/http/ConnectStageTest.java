package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Stage of a call, for the message when the time limit is reached. */
class ConnectStageTest {
  private final ConnectStage stage = new ConnectStage(Trace.none(), false);
  private final ClientExecutor executor = new ClientExecutor(stage, null);

  @AfterEach
  void close() {
    executor.close();
  }

  @Test
  void isConnectingUntilTheServerSendsBytes() {
    HostAddresses.use(
        "h",
        List.of(),
        () -> {
          executor.execute(() -> {});
          return "the beginning";
        });
    assertThat(stage.waitingFor(false)).isEqualTo("connecting");
    executor.execute(() -> {});
    assertThat(stage.waitingFor(false)).isEqualTo("waiting for an answer");
  }

  @Test
  void isTlsDuringTheHandshake() throws Exception {
    var engine = SSLContext.getDefault().createSSLEngine();
    stage.handshakeBegins(engine);
    engine.setUseClientMode(true);
    executor.execute(() -> {});
    assertThat(stage.waitingFor(false)).isEqualTo("waiting for an answer");
    engine.beginHandshake();
    assertThat(stage.waitingFor(false)).isEqualTo("agreeing on TLS");
  }

  @Test
  void isNoAnswerBeforeTheProxyHasOpenedATunnelForTls() throws Exception {
    var tls = new ConnectStage(Trace.none(), true);
    tls.connected();
    assertThat(tls.isAnswerAwaited()).isFalse();
    tls.handshakeBegins(SSLContext.getDefault().createSSLEngine());
    assertThat(tls.isAnswerAwaited()).isTrue();
  }

  @Test
  void isTheRestOfTheAnswerAfterItsFirstBytes() {
    assertThat(stage.waitingFor(true)).isEqualTo("waiting for the rest of the answer");
  }
}
