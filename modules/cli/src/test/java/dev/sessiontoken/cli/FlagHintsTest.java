package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.http.Remedy;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FlagHintsTest {

  static Stream<Arguments> hints() {
    return Stream.of(
        Arguments.of(
            "is the deployment reachable from here? " + Remedy.MORE_TIME,
            "is the deployment reachable from here? --timeout allows more time"),
        Arguments.of(
            "if that is your own authority, " + Remedy.TRUST,
            "if that is your own authority, name its certificate with --ca-file or CODER_CA_FILE"),
        Arguments.of(
            "read the certificate authorities: " + Remedy.CA_FILE + " names a, which is missing",
            "read the certificate authorities: --ca-file names a, which is missing"),
        Arguments.of(
            "the server wants a client certificate that it knows: " + Remedy.CLIENT_CERTIFICATE,
            "the server wants a client certificate that it knows: see --client-cert-file"),
        Arguments.of(Remedy.AGENT_NAME, "say which one with --agent-name or CODER_AGENT_NAME"),
        Arguments.of(Remedy.HEADER + " A=b", "set --header or CODER_HEADER to A=b"),
        Arguments.of("check the URL", "check the URL"));
  }

  @ParameterizedTest
  @MethodSource("hints")
  void nameTheFlag(String neutral, String shown) {
    assertThat(FlagHints.withFlags(neutral)).isEqualTo(shown);
  }
}
