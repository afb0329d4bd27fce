package dev.sessiontoken.cli;

import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * Loggers that keep silent: what the JDK's parts log is nothing that a user of this program can act
 * on, and making ready java.util.logging for it would cost every call 4 ms.
 */
public final class NoLoggers extends System.LoggerFinder {
  private static final System.Logger SILENT = new Silent();

  @Override
  public System.Logger getLogger(String name, Module module) {
    return SILENT;
  }

  private static final class Silent implements System.Logger {
    @Override
    public String getName() {
      return "silent";
    }

    @Override
    public boolean isLoggable(Level level) {
      return false;
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String message,
        @Nullable Throwable thrown) {
      // silent
    }

    @Override
    public void log(
        Level level,
        @Nullable ResourceBundle bundle,
        @Nullable String format,
        @Nullable Object @Nullable ... values) {
      // silent
    }
  }
}
