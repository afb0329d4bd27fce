package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ThreadEndTest {
  private static String printed(Throwable failure) {
    var err = new ByteArrayOutputStream();
    new UncaughtExceptions(new PrintStream(err, true, StandardCharsets.UTF_8))
        .uncaughtException(new Thread("theirs"), failure);
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void isPrintedWithAStackTrace() {
    assertThat(printed(new IllegalStateException("oh")))
        .startsWith("Exception in thread \"theirs\" java.lang.IllegalStateException: oh\n\tat ");
    assertThat(printed(new OutOfMemoryError())).startsWith("Exception in thread");
  }

  @Test
  void isNotPrintedWhenNoThreadCanBeCreated() {
    String jdk =
        "unable to create native thread: possibly out of memory or process/resource limits";
    assertThat(printed(new OutOfMemoryError(jdk))).isEmpty();
  }
}
