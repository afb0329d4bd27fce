package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;
import java.net.SocketException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failures of {@code HttpClient} that only their message tells apart. */
class TransportFailureTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"Header size too big: 9 > 8", "Size exceeds MAX_HEADERS_LIST_SIZE: 9 > 8"})
  void explainsATooLargeHead(String message) {
    assertThat(TransportFailure.of("GET x", "h", false, new ProtocolException(message)))
        .isInstanceOf(BadAnswer.class)
        .hasMessage("GET x: the answer's header section is too large");
  }

  @ParameterizedTest
  @CsvSource({"403, false", "502, true", "503, true", "504, true"})
  void keepsTheCauseOfARefusedTunnelIfItMayPass(int status, boolean mayPass) {
    var cause = new IOException("Tunnel failed, got: " + status);
    var failure = TransportFailure.of("GET x", "h", false, cause);
    assertThat(failure)
        .isInstanceOf(Unreachable.class)
        .hasMessage("GET x: the proxy refuses to connect: HTTP " + status);
    assertThat(failure.getCause()).isEqualTo(mayPass ? cause : null);
  }

  @Test
  void saysThatTheJdkTakesNoOtherSuccessOfATunnelThan200() {
    var failure =
        TransportFailure.of("GET x", "h", false, new IOException("Tunnel failed, got: 201"));
    assertThat(failure)
        .isInstanceOf(Unreachable.class)
        .hasMessage("GET x: the proxy answers CONNECT with HTTP 201, and the JDK takes 200 alone")
        .hasNoCause();
  }

  @ParameterizedTest
  @CsvSource({"http, true", "https, false"})
  void suggestsTlsWhereAPlainRequestGetsNoHttp(String scheme, boolean isSuggested) {
    for (var cause :
        List.of(new ProtocolException("x"), new EOFException(), new SocketException("reset"))) {
      var failure = TransportFailure.of("GET " + scheme + "://h/x", "h", false, cause);
      assertThat(failure.hint().contains("try https://")).isEqualTo(isSuggested);
    }
  }

  @Test
  void endsForCyclicCauses() {
    var inner = new IOException("inner");
    var outer = new IOException("outer", inner);
    inner.initCause(outer);
    assertThat(TransportFailure.of("GET x", "h", false, outer)).isInstanceOf(Unreachable.class);
  }
}
