package dev.sessiontoken.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Programs that another one has left running in the background, and that hold its standard output
 * or standard error open. They are no longer its children once it has ended, so they are found in
 * {@code /proc} by an environment variable that they have inherited. A service that has closed both
 * streams, such as {@code gpg-agent}, is none of them.
 */
final class Stragglers {
  private static final Path PROC = Path.of("/proc");

  private Stragglers() {}

  /**
   * Ends those of this user that have a variable, by SIGKILL. Finds none where there is no {@code
   * /proc}.
   *
   * @param variable {@code NAME=VALUE}
   */
  static void end(String variable) {
    try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : processes) {
        if (has(process, variable) && holdsPipe(process)) end(process);
      }
    } catch (IOException | DirectoryIteratorException e) {
      return; // no /proc: nothing is found
    }
  }

  private static boolean has(Path process, String variable) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      String text = "\0" + new String(environment, StandardCharsets.ISO_8859_1);
      return text.contains("\0" + variable + "\0");
    } catch (IOException e) {
      return false; // the process has ended, or is another user's
    }
  }

  private static boolean holdsPipe(Path process) {
    return isPipe(process.resolve("fd/1")) || isPipe(process.resolve("fd/2"));
  }

  private static boolean isPipe(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("pipe:");
    } catch (IOException e) {
      return false; // closed
    }
  }

  private static void end(Path process) {
    long id = Long.parseLong(process.getFileName().toString());
    ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly);
  }
}
