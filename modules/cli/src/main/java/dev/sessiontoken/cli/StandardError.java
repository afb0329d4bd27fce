package dev.sessiontoken.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/** The process's standard error. */
final class StandardError {
  private StandardError() {}

  /** Opens it as UTF-8, whatever the locale is. */
  static PrintStream open() {
    return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  }

  /**
   * Tells whether it is a terminal, from the name of the open file as Linux shows it: the JDK's
   * console looks at standard input and output only. A class that {@link TrainingRun} can load: a
   * lambda of {@link Main} would be missing from the AOT cache.
   */
  static final class IsTerminal implements BooleanSupplier {
    @Override
    public boolean getAsBoolean() {
      try {
        return Files.readSymbolicLink(Path.of("/proc/self/fd/2"))
            .toString()
            .matches("/dev/(pts/|tty|console).*");
      } catch (IOException e) {
        return false;
      }
    }
  }
}
