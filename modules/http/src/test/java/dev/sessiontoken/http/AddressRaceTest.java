package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.Deadline;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AddressRaceTest {
  private static final InetAddress REFUSES = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress ANSWERS = InetAddress.ofLiteral("127.0.0.2");
  private static final Deadline SOON = Deadline.in(Duration.ofSeconds(30));

  @Test
  void isWonByTheAddressThatAnswers() throws Exception {
    try (var server = new ServerSocket(0, 5, ANSWERS)) {
      assertThat(AddressRace.winner(List.of(REFUSES, ANSWERS), server.getLocalPort(), SOON))
          .contains(ANSWERS);
    }
  }

  @Test
  void failsIfAllAddressesRefuse() throws Exception {
    int port;
    try (var server = new ServerSocket(0, 5, ANSWERS)) {
      port = server.getLocalPort();
    }
    assertThat(AddressRace.winner(List.of(REFUSES, ANSWERS), port, SOON)).isEmpty();
  }

  @Test
  void skipsAnUnreachableAddress() throws Exception {
    try (var server = new ServerSocket(0, 5, ANSWERS)) {
      var nowhere = InetAddress.ofLiteral("2001:db8::1");
      assertThat(AddressRace.winner(List.of(nowhere, ANSWERS), server.getLocalPort(), SOON))
          .contains(ANSWERS);
    }
  }

  @Test
  void endsWithItsThread() {
    Thread.currentThread().interrupt();
    var nowhere = InetAddress.ofLiteral("192.0.2.1");
    assertThatThrownBy(() -> AddressRace.winner(List.of(nowhere), 9, SOON))
        .isInstanceOf(InterruptedException.class);
  }
}
