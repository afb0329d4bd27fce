package dev.sessiontoken.provider.command;

import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;

/**
 * What the exit status of the command means. 3, 4, 6 and 7 mean what they mean as exit codes of
 * this program; 126 and 127 are those of shells and of {@code env} for a program that cannot be
 * run; 128 and more are a signal that has ended it; every other status but 0 is a refusal.
 */
final class ExitStatus {
  private static final int NOT_CONFIGURED = 3;
  private static final int UNREACHABLE = 6;
  private static final int BAD_ANSWER = 7;
  private static final int NOT_EXECUTABLE = 126;
  private static final int NOT_FOUND = 127;
  private static final int SIGNAL = 128;
  private static final int LAST_SIGNAL = SIGNAL + 64;

  private ExitStatus() {}

  /**
   * Returns the failure that a status stands for.
   *
   * @param status other than 0
   * @param lastLine the last line of standard error, empty if there was none
   */
  static SessionTokenException failure(String step, int status, String lastLine) {
    boolean isSignal = status > SIGNAL && status <= LAST_SIGNAL;
    String end = isSignal ? "signal " + (status - SIGNAL) + " ended it" : "exit status " + status;
    String problem = lastLine.isEmpty() ? end : end + ": " + lastLine;
    return switch (status) {
      case NOT_CONFIGURED ->
          new NotConfigured(step, problem, "the command says that something is missing", null);
      case NOT_EXECUTABLE, NOT_FOUND ->
          new NotConfigured(step, problem, "a program that it runs cannot be run", null);
      case UNREACHABLE ->
          new Unreachable(step, problem, "the command says that a service is out of reach", null);
      case BAD_ANSWER ->
          new BadAnswer(step, problem, "the command says that an answer is of no use", null);
      default ->
          isSignal
              ? new Unreachable(step, problem, "", null)
              : new Rejected(step, problem, "the command says why on standard error", null);
    };
  }
}
