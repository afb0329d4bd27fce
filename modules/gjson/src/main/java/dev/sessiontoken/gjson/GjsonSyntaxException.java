package dev.sessiontoken.gjson;

/** What was given is not a GJSON path, or one that asks for more than it may. */
public final class GjsonSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int column;

  GjsonSyntaxException(String problem, int column) {
    super(problem + " (column " + column + ")");
    this.column = column;
  }

  /**
   * Where in the path it goes wrong: 1 is the first character, and the answer where the path as a
   * whole is at fault.
   */
  public int column() {
    return column;
  }
}
