package dev.sessiontoken.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StderrLinesTest {

  private static List<String> lines(InputStream stream) {
    var lines = new ArrayList<String>();
    StderrLines.read(stream, lines::add);
    return lines;
  }

  private static List<String> lines(String text) {
    return lines(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void givesLinesFitForATerminal() {
    assertThat(lines("one\r\n\n  two\u001b[31m \nthré"))
        .containsExactly("one", "two\\u001b[31m", "thré");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void cutsLongLines() {
    assertThat(lines("x".repeat(100_000)).getFirst()).hasSizeLessThan(400).startsWith("xxx");
  }

  @Test
  void givesTheFirstLinesAndTheLast() {
    var lines = lines("a\n".repeat(1000) + "the end");
    assertThat(lines).hasSize(101).endsWith("a", "the end");
  }
}
