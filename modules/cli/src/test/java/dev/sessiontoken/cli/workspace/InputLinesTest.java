package dev.sessiontoken.cli.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InputLinesTest {

  private static List<String> lines(String input) throws Exception {
    var lines = new ArrayList<String>();
    var bytes = input.getBytes(StandardCharsets.UTF_8);
    InputLines.read(new ByteArrayInputStream(bytes), lines::add);
    return lines;
  }

  @Test
  void endWithEitherKindOfLineEnd() throws Exception {
    assertThat(lines("one\ntwo\r\n\nfour\n")).containsExactly("one", "two", "", "four");
  }

  @Test
  void endWithTheInput() throws Exception {
    assertThat(lines("one\ntw")).containsExactly("one", "tw");
    assertThat(lines("")).isEmpty();
  }

  @Test
  void areCutBetweenCharactersIfTheyDoNotEnd() throws Exception {
    for (String before : List.of("", "x", "xx", "xxx")) {
      String endless = before + "😀".repeat(40_000);
      var lines = lines(endless);
      assertThat(lines).hasSize(3);
      assertThat(String.join("", lines)).isEqualTo(endless);
    }
  }

  @Test
  void keepWhatIsNotUtf8() throws Exception {
    var lines = new ArrayList<String>();
    InputLines.read(new ByteArrayInputStream(new byte[] {'a', (byte) 0xff, '\n'}), lines::add);
    assertThat(lines).containsExactly("a\ufffd");
  }
}
