package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.cli.git.GitSsh;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code gitssh} without ssh; GitOverSshIT runs the image with ssh. */
class GitSshTest extends ProgramTest {

  @ParameterizedTest
  @CsvSource({
    "-G host, true",
    "-F file -G -p 22 host, true",
    "host -G, true",
    "-p 22 host grep -G x, false",
    "-o -G host, false",
    "host git-upload-pack, false",
    "-v host, false"
  })
  void recognisesCallsOfSshThatOnlyPrint(String arguments, boolean only) {
    assertThat(GitSsh.onlyPrints(List.of(arguments.split(" ", -1)))).isEqualTo(only);
  }

  @Test
  void doesNotConnectWithoutAKey() {
    failed(run(environment("CODER_AGENT_TOKEN", "stale"), "gitssh", "--", "host"), 4, "HTTP 401");
    failed(run(Map.of(), "gitssh", "--", "host"), 3, "CODER_AGENT_URL");
  }
}
