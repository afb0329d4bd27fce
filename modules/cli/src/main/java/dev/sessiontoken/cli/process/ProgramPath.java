package dev.sessiontoken.cli.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Finds a program of the same name as this one, to which this one hands calls. */
public final class ProgramPath {
  private ProgramPath() {}

  /**
   * Returns the first executable file of a name; empty if the path has none. Does not block.
   *
   * @param path value of {@code PATH}: folders with colons between them
   * @param isOwn whether a file is this program, which is passed over
   */
  public static Optional<Path> next(String name, String path, Predicate<Path> isOwn) {
    for (String folder : path.split(":", -1)) {
      var program = Path.of(folder.isEmpty() ? "." : folder, name);
      boolean isProgram = Files.isRegularFile(program) && Files.isExecutable(program);
      if (isProgram && !isOwn.test(program)) return Optional.of(program);
    }
    return Optional.empty();
  }
}
