package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said to have been under way when time ran out. */
class ProgressTest {
  private final Progress progress = new Progress(Trace.none());
  private final Arrival arrival = new Arrival();

  @AfterEach
  void close() {
    progress.close();
  }

  @Test
  void isConnectingUntilThePeerGivesWork() {
    HostAddresses.use(
        "h",
        List.of(),
        () -> {
          progress.execute(() -> {});
          return "the beginning";
        });
    assertThat(progress.stage(arrival)).isEqualTo("connecting");
    progress.execute(() -> {});
    assertThat(progress.stage(arrival)).isEqualTo("waiting for an answer");
  }

  @Test
  void isTlsWhileHandsAreShaken() throws Exception {
    var engine = SSLContext.getDefault().createSSLEngine();
    progress.watch(engine);
    engine.setUseClientMode(true);
    progress.execute(() -> {});
    assertThat(progress.stage(arrival)).isEqualTo("waiting for an answer");
    engine.beginHandshake();
    assertThat(progress.stage(arrival)).isEqualTo("agreeing on TLS");
  }

  @Test
  void isTheRestOfTheAnswerOnceItHasBegun() {
    arrival.head();
    assertThat(progress.stage(arrival)).isEqualTo("waiting for the rest of the answer");
  }
}
