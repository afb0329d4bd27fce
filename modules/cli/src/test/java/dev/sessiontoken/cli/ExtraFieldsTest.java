package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder.Integration;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Output of {@code --extra}. */
class ExtraFieldsTest extends ProgramTest {
  private static final String EXTRA =
      """
      {"string":"s","number":9007199254740993,"big":123456789012345678901234567890,
       "half":0.10,"exponent":1e3,"null":null,"true":true,"empty":"",
       "object":{"a":{"b":"deep"}},"list":[1,"x"],"line":"a\\nb","":"nameless"}
      """;

  private Ended extra(String path) {
    try (var reader = Json.createReader(new StringReader(EXTRA))) {
      configure(Optional.of(reader.readObject()));
    }
    return accessToken("--extra", path, "github");
  }

  private void configure(Optional<JsonObject> extra) {
    coder.configure(new Integration("github", "github", "github", Optional.of("s3cr3t"), extra));
  }

  @ParameterizedTest
  @CsvSource({
    "string, s",
    "number, 9007199254740993",
    "big, 123456789012345678901234567890",
    "null, ''",
    "empty, ''",
    "true, true",
    "object.a.b, deep",
    "object.a, '{\"b\":\"deep\"}'",
    "list, '[1,\"x\"]'",
  })
  void areWrittenAsTextWithoutALineEnd(String path, String text) {
    assertThat(extra(path)).isEqualTo(new Ended(0, text, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nope", "string.x", "object.b", "object.", ".", "null.x", "OBJECT"})
  void thatAreMissingAreRefusedWithTheExistingKeys(String path) {
    var run = extra(path);
    failed(run, 5, "nothing at \"" + path + "\"", "their keys are: string, number, big, half,");
    assertThat(run.err()).doesNotContain("s3cr3t", "deep", "9007199254740993");
  }

  @Test
  void areMissingWhenTheDeploymentKeepsNone() {
    configure(Optional.empty());
    failed(accessToken("--extra", "x", "github"), 5, "keeps no extra fields");
  }

  @Test
  void areIgnoredWhenTheUserMustLogIn() {
    assertThat(accessToken("--extra", "x", "gitlab").status()).isEqualTo(1);
  }

  @Test
  void ofTheFake() {
    assertThat(accessToken("--extra", "authed_user.id", "slack"))
        .isEqualTo(new Ended(0, "U1234", ""));
  }
}
