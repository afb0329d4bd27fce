package dev.sessiontoken.gjson;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Compares this module with the results recorded from tidwall/gjson 1.18.0. */
class RecordedAnswersTest {

  @TestFactory
  List<DynamicTest> answersAsTheOriginalDid() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    for (var recording : recordings().getValuesAs(JsonObject.class)) {
      var document = read(recording.getString("json"));
      for (var answer : recording.getJsonArray("cases").getValuesAs(JsonObject.class)) {
        var name = "'" + answer.getString("path") + "'";
        tests.add(DynamicTest.dynamicTest(name, () -> check(document, answer)));
      }
    }
    assertThat(tests).hasSizeGreaterThanOrEqualTo(307);
    return tests;
  }

  private static void check(JsonValue document, JsonObject answer) {
    var result = GjsonPath.parse(answer.getString("path")).get(document);
    assertThat(result.isPresent()).isEqualTo(answer.getBoolean("exists"));
    assertThat(result.map(GjsonResult::string).orElse("")).isEqualTo(answer.getString("string"));
  }

  private static JsonArray recordings() throws IOException {
    try (var stream = RecordedAnswersTest.class.getResourceAsStream("recorded.json");
        var reader = Json.createReader(Objects.requireNonNull(stream))) {
      return reader.readArray();
    }
  }

  private static JsonValue read(String json) {
    try (var reader = Json.createReader(new StringReader(json))) {
      return reader.readValue();
    }
  }
}
