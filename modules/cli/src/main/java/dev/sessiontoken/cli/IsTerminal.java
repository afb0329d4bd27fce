package dev.sessiontoken.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Tells whether a descriptor of this process is a terminal, from the name of the open file as Linux
 * shows it: the JDK's console looks at standard input and output together. A class that {@link
 * TrainingRun} can load: a lambda of {@link Main} would be missing from the AOT cache.
 *
 * @param descriptor 1 for standard output, 2 for standard error
 */
record IsTerminal(int descriptor) implements BooleanSupplier {
  static final IsTerminal STANDARD_OUTPUT = new IsTerminal(1);
  static final IsTerminal STANDARD_ERROR = new IsTerminal(2);

  @Override
  public boolean getAsBoolean() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd", String.valueOf(descriptor)))
          .toString()
          .matches("/dev/(pts/|tty|console).*");
    } catch (IOException e) {
      return false;
    }
  }
}
