package dev.sessiontoken.runtime.faults;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Programs of the machine that rows need: packaging/runtime/peers installs them. */
final class Programs {
  private Programs() {}

  static boolean isThere(String program) {
    return List.of("/usr/local/sbin", "/usr/sbin", "/usr/local/bin", "/usr/bin").stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** Why a row that needs it is skipped, if it is. */
  static Optional<String> missing(String program) {
    return isThere(program)
        ? Optional.empty()
        : Optional.of(program + " is not installed: packaging/runtime/peers installs it, as root");
  }
}
