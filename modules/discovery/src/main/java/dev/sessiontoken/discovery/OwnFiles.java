package dev.sessiontoken.discovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Checks that a file which decides where tokens go is this user's alone to change. */
public final class OwnFiles {
  private OwnFiles() {}

  /**
   * Returns why another user could change the file, as one clause; empty if none but this user and
   * root can. A file counts as its target if it is a link, and the folders above it count. Does not
   * block. Never null.
   *
   * @param file an existing file
   */
  public static Optional<String> problem(Path file) {
    try {
      Ownership.ofThisSystem().checkWithParents(file.toRealPath());
      return Optional.empty();
    } catch (UnusableJarException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    } catch (IOException e) {
      return Optional.of("the file cannot be read");
    }
  }
}
