package dev.sessiontoken.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in variables. */
class CommaSeparatedTest {
  private static List<String> parse(String line) {
    return CommaSeparated.parse(line).orElseThrow();
  }

  @Test
  void hasTheValuesBetweenTheCommas() {
    assertThat(parse("A=1")).containsExactly("A=1");
    assertThat(parse("A=1,B=2")).containsExactly("A=1", "B=2");
    assertThat(parse("A=1, B=2,")).containsExactly("A=1", " B=2", "");
  }

  @Test
  void hasCommasWithinQuotationMarks() {
    assertThat(parse("\"A=1,2\",B=3")).containsExactly("A=1,2", "B=3");
    assertThat(parse("\"A=1\"")).containsExactly("A=1");
    assertThat(parse("\"A=\"\"x, y\"\"\",\"\"")).containsExactly("A=\"x, y\"", "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"", "\"A", "\"A\"B", "A=\"1\"", "A,\"B", "\"\"\"", "\"A\"\","})
  void isNoneWithAQuotationMarkOutOfPlace(String line) {
    assertThat(CommaSeparated.parse(line)).isEmpty();
  }
}
