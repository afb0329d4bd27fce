package dev.sessiontoken.cli.git;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds {@code git-credential-coder}, as git is to call it. */
final class OwnHelper {
  private static final String NAME = "git-credential-coder";
  private static final int MAX_LINKS = 40;

  private OwnHelper() {}

  /**
   * Returns the path beside the program as it was called. Links of folders stay in the path: they
   * name the current version, and so the path outlives this one. Links of the program itself are
   * followed one by one until the helper is beside one.
   *
   * @param launcher absolute path by which the program was called
   * @return a value for {@code credential.helper}
   */
  static String find(Path launcher) throws NotConfigured {
    var program = launcher;
    for (int i = 0; i < MAX_LINKS; i++) {
      var helper = program.resolveSibling(NAME);
      if (Files.isExecutable(helper)) return quoted(helper.toString());
      if (!Files.isSymbolicLink(program)) break;
      program = program.resolveSibling(target(program));
    }
    throw missing(null);
  }

  private static Path target(Path link) throws NotConfigured {
    try {
      return Files.readSymbolicLink(link);
    } catch (IOException e) {
      throw missing(e);
    }
  }

  /** git runs a value that begins with {@code !} in a shell. */
  private static String quoted(String path) {
    return path.matches("[\\w./+@:,-]+") ? path : "!'" + path.replace("'", "'\\''") + "'";
  }

  private static NotConfigured missing(@Nullable Throwable cause) {
    return new NotConfigured(
        "find git-credential-coder",
        "it is not beside this program",
        "--helper says what git is to call",
        cause);
  }
}
