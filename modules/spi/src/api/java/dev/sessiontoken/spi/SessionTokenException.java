package dev.sessiontoken.spi;

import org.jspecify.annotations.Nullable;

/**
 * Why there is no token, or why the deployment did not take it: one of four kinds, each with its
 * own answer to "what now?".
 *
 * <p>The message says which step failed and how; {@link #hint()} says what to do next. Neither
 * holds a secret, neither ends in a full stop.
 */
public abstract sealed class SessionTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String step;
  private final String problem;
  private final String hint;

  private SessionTokenException(
      String step, String problem, String hint, @Nullable Throwable cause) {
    super(step + ": " + problem, cause);
    this.step = step;
    this.problem = problem;
    this.hint = hint;
  }

  /** Returns the step that failed, such as {@code read the token file}: never null or empty. */
  public final String step() {
    return step;
  }

  /** Returns how the step failed, as one clause without the step's name: never null. */
  public final String problem() {
    return problem;
  }

  /** Returns what to do next, as one clause: never null, empty if there is nothing to say. */
  public final String hint() {
    return hint;
  }

  /**
   * Returns an exception of the same kind with the same step, hint and cause, and another problem.
   *
   * @param problem how the step failed, as one clause
   */
  public abstract SessionTokenException withProblem(String problem);

  /** What it needs is not there: an option, a file, the cloud itself. */
  public static final class NotConfigured extends SessionTokenException {
    private static final long serialVersionUID = 1L;

    /**
     * For a step that could not begin.
     *
     * @param step what was being done, such as {@code read the token file}
     * @param problem what is missing
     * @param hint what to set
     * @param cause what was caught, if anything was
     */
    public NotConfigured(String step, String problem, String hint, @Nullable Throwable cause) {
      super(step, problem, hint, cause);
    }

    @Override
    public NotConfigured withProblem(String problem) {
      return new NotConfigured(step(), problem, hint(), getCause());
    }
  }

  /** Asked and refused: asking again with the same evidence will not help. */
  public static final class Rejected extends SessionTokenException {
    private static final long serialVersionUID = 1L;

    /**
     * For a step that ended in a refusal.
     *
     * @param step what was being done
     * @param problem how it was refused, in the other side's words
     * @param hint what to check
     * @param cause what was caught, if anything was
     */
    public Rejected(String step, String problem, String hint, @Nullable Throwable cause) {
      super(step, problem, hint, cause);
    }

    @Override
    public Rejected withProblem(String problem) {
      return new Rejected(step(), problem, hint(), getCause());
    }
  }

  /** Nobody answered in time: network, TLS, time limit, retries used up. */
  public static final class Unreachable extends SessionTokenException {
    private static final long serialVersionUID = 1L;

    /**
     * For a step that got no answer.
     *
     * @param step what was being done, with the host
     * @param problem what went wrong on the way
     * @param hint what to check
     * @param cause what was caught, if anything was
     */
    public Unreachable(String step, String problem, String hint, @Nullable Throwable cause) {
      super(step, problem, hint, cause);
    }

    @Override
    public Unreachable withProblem(String problem) {
      return new Unreachable(step(), problem, hint(), getCause());
    }
  }

  /** The answer makes no sense: a login page, cut short, the wrong shape. */
  public static final class BadAnswer extends SessionTokenException {
    private static final long serialVersionUID = 1L;

    /**
     * For a step whose answer cannot be used.
     *
     * @param step what was being done, with the host
     * @param problem what is wrong with the answer, without repeating it
     * @param hint what to check
     * @param cause what was caught, if anything was
     */
    public BadAnswer(String step, String problem, String hint, @Nullable Throwable cause) {
      super(step, problem, hint, cause);
    }

    @Override
    public BadAnswer withProblem(String problem) {
      return new BadAnswer(step(), problem, hint(), getCause());
    }
  }
}
