package dev.sessiontoken.http.tls;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An exception and its causes, as a list. */
public final class Causes {
  /** Bound of the walk: causes can refer to each other in a circle. */
  private static final int MAX = 30;

  private Causes() {}

  /** Returns the exception, its cause, the cause of that and so on; empty for null. */
  public static List<Throwable> of(@Nullable Throwable failure) {
    var causes = new ArrayList<Throwable>();
    for (var cause = failure; cause != null && causes.size() < MAX; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  /** Returns the outermost exception of a type among an exception and its causes, or null. */
  public static <T extends Throwable> @Nullable T first(
      @Nullable Throwable failure, Class<T> type) {
    for (var cause : of(failure)) if (type.isInstance(cause)) return type.cast(cause);
    return null;
  }
}
