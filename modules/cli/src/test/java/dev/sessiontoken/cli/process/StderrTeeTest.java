package dev.sessiontoken.cli.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StderrTeeTest {

  @Test
  void copiesEveryByteAndKeepsTheEnd() throws Exception {
    byte[] text = ("é\r\n" + "x".repeat(100_000) + "the end").getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream();
    var tee = new StderrTee(new PrintStream(out, true, StandardCharsets.UTF_8));
    tee.begin(new ByteArrayInputStream(text));
    assertThat(tee.text()).hasSizeLessThan(10_000).endsWith("the end");
    assertThat(out.toByteArray()).isEqualTo(text);
  }
}
