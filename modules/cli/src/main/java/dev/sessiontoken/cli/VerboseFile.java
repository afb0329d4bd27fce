package dev.sessiontoken.cli;

import dev.sessiontoken.discovery.OwnFiles;
import dev.sessiontoken.spi.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The file that {@code CODER_VERBOSE=/path} names: gets what {@code -v} shows and what goes to
 * standard error. For tools that hide the standard error of the programs they call.
 */
final class VerboseFile {
  private static final String VARIABLE = "CODER_VERBOSE";
  private static final Set<PosixFilePermission> OWN = PosixFilePermissions.fromString("rw-------");

  private VerboseFile() {}

  /**
   * Opens the file, to append to it; empty if the file cannot be used. The caller need not close
   * the file: each line is written at once.
   *
   * @param name an absolute path
   * @param err told if the file cannot be used; the program goes on without it
   */
  static Optional<PrintStream> open(String name, PrintStream err) {
    try {
      return Optional.of(open(Path.of(name)));
    } catch (IOException e) {
      err.print(
          "coder: warning: no steps are written to "
              + Printable.of(name, 300)
              + ", which "
              + VARIABLE
              + " names: "
              + Printable.of(e)
              + "\n");
      return Optional.empty();
    }
  }

  /** A pipe would block, and the target of a link may be another file of the user's. */
  private static PrintStream open(Path file) throws IOException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) check(file);
    var options =
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS);
    var mode = PosixFilePermissions.asFileAttribute(OWN);
    var out = Channels.newOutputStream(Files.newByteChannel(file, options, mode));
    return new PrintStream(out, true, StandardCharsets.UTF_8);
  }

  private static void check(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is no regular file");
    }
    var problem = OwnFiles.problem(file);
    if (problem.isPresent()) throw new IOException(problem.get());
    if (!OWN.containsAll(Files.getPosixFilePermissions(file))) {
      throw new IOException("others may read it: chmod 600");
    }
  }

  /** Returns a stream that writes to both; that the file is full does not stop the program. */
  static PrintStream both(PrintStream err, PrintStream file) {
    var tee =
        new OutputStream() {
          @Override
          public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
          }

          @Override
          public void write(byte[] bytes, int offset, int length) {
            err.write(bytes, offset, length);
            file.write(bytes, offset, length);
          }

          @Override
          public void flush() {
            err.flush();
            file.flush();
          }
        };
    return new PrintStream(tee, true, StandardCharsets.UTF_8);
  }
}
