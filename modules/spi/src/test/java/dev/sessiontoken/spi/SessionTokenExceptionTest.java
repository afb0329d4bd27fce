package dev.sessiontoken.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SessionTokenExceptionTest {

  /** Constructor of an exception class. */
  interface Kind {
    SessionTokenException make(String step, String problem, String hint, @Nullable Throwable cause);
  }

  static Stream<Kind> kinds() {
    return Stream.of(NotConfigured::new, Rejected::new, Unreachable::new, BadAnswer::new);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void hasStepAndProblemInItsMessageAndKeepsHintAndCause(Kind kind) {
    var cause = new Exception("why");
    var failure = kind.make("read the tea leaves", "they are wet", "dry them", cause);
    assertThat(failure).hasMessage("read the tea leaves: they are wet").hasCause(cause);
    assertThat(failure.hint()).isEqualTo("dry them");
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void needsNoCause(Kind kind) {
    assertThat(kind.make("step", "problem", "", null)).hasNoCause();
  }
}
