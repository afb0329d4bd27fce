package dev.sessiontoken.gjson;

/**
 * A text that is not a GJSON path, or a path whose evaluation on a document passes the limits of
 * {@link GjsonPath#get}. The message is one line with the column in it.
 */
public final class GjsonSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int column;

  GjsonSyntaxException(String problem, int column) {
    super(problem + " (column " + column + ")");
    this.column = column;
  }

  /**
   * Returns the position of the mistake in the path, in characters (UTF-16 units) from 1 on; 1 if
   * the limits of an evaluation were passed.
   */
  public int column() {
    return column;
  }
}
