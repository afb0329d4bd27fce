package dev.sessiontoken.spi;

import org.jspecify.annotations.Nullable;

/**
 * Thrown if there is no token, or if the deployment did not accept it. The four kinds differ in
 * what the user can do next; the command line has an exit code for each.
 *
 * <p>The message is the step that failed, a colon, and the problem; {@link #hint()} says what to do
 * next. Each is one line without a secret and without a full stop.
 */
public abstract sealed class SessionTokenException extends CoderException {
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

  @Override
  public final String hint() {
    return hint;
  }

  /**
   * Returns an exception of the same kind with the same step, hint and cause, and another problem.
   *
   * @param problem how the step failed, as one clause
   */
  public abstract SessionTokenException withProblem(String problem);

  /** Returns an exception of the same kind and cause, without the secrets in its texts. */
  public final SessionTokenException hiding(Secrets secrets) {
    return with(secrets.hide(step), secrets.hide(problem), secrets.hide(hint));
  }

  abstract SessionTokenException with(String step, String problem, String hint);

  /** Something that the provider needs is missing: an option, a file, the cloud's service. */
  public static final class NotConfigured extends SessionTokenException {
    private static final long serialVersionUID = 1L;

    /**
     * For a step that could not begin.
     *
     * @param step the step that failed, such as {@code read the token file}
     * @param problem what is missing
     * @param hint what to set
     * @param cause the exception behind it, null for none
     */
    public NotConfigured(String step, String problem, String hint, @Nullable Throwable cause) {
      super(step, problem, hint, cause);
    }

    @Override
    public NotConfigured withProblem(String problem) {
      return new NotConfigured(step(), problem, hint(), getCause());
    }

    @Override
    NotConfigured with(String step, String problem, String hint) {
      return new NotConfigured(step, problem, hint, getCause());
    }
  }

  /** The other side refused: the same request would be refused again. */
  public static final class Rejected extends SessionTokenException {
    private static final long serialVersionUID = 1L;

    /**
     * For a step that ended in a refusal.
     *
     * @param step the step that failed
     * @param problem the refusal, in the words of the other side
     * @param hint what to check
     * @param cause the exception behind it, null for none
     */
    public Rejected(String step, String problem, String hint, @Nullable Throwable cause) {
      super(step, problem, hint, cause);
    }

    @Override
    public Rejected withProblem(String problem) {
      return new Rejected(step(), problem, hint(), getCause());
    }

    @Override
    Rejected with(String step, String problem, String hint) {
      return new Rejected(step, problem, hint, getCause());
    }
  }

  /** There was no answer: network, TLS, time limit, or every retry failed. */
  public static final class Unreachable extends SessionTokenException {
    private static final long serialVersionUID = 1L;

    /**
     * For a step that got no answer.
     *
     * @param step the step that failed, with the host
     * @param problem how the connection or the wait for the answer failed
     * @param hint what to check
     * @param cause the exception behind it, null for none
     */
    public Unreachable(String step, String problem, String hint, @Nullable Throwable cause) {
      super(step, problem, hint, cause);
    }

    @Override
    public Unreachable withProblem(String problem) {
      return new Unreachable(step(), problem, hint(), getCause());
    }

    @Override
    Unreachable with(String step, String problem, String hint) {
      return new Unreachable(step, problem, hint, getCause());
    }
  }

  /** The answer cannot be used: a login page, cut short, JSON of another shape. */
  public static final class BadAnswer extends SessionTokenException {
    private static final long serialVersionUID = 1L;

    /**
     * For a step whose answer cannot be used.
     *
     * @param step the step that failed, with the host
     * @param problem what is wrong with the answer, without repeating it
     * @param hint what to check
     * @param cause the exception behind it, null for none
     */
    public BadAnswer(String step, String problem, String hint, @Nullable Throwable cause) {
      super(step, problem, hint, cause);
    }

    @Override
    public BadAnswer withProblem(String problem) {
      return new BadAnswer(step(), problem, hint(), getCause());
    }

    @Override
    BadAnswer with(String step, String problem, String hint) {
      return new BadAnswer(step, problem, hint, getCause());
    }
  }
}
