package dev.sessiontoken.cli.args;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  @Test
  void itsTextContainsNoValue() {
    assertThat(
            new Arguments(
                    Map.of("--agent-token", List.of("s3cr3t")),
                    List.of(),
                    Map.of("CODER_AGENT_TOKEN", "s3cr3t"),
                    List.of(new Arguments.Given("--agent-token", "s3cr3t")))
                .toString())
        .doesNotContain("s3cr3t");
  }
}
