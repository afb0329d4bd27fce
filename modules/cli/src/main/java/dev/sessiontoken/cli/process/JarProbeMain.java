package dev.sessiontoken.cli.process;

import dev.sessiontoken.discovery.Installation;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The child process of {@link JarProbe}: loads the jar, or folder of jars, that is its only
 * argument, and writes which providers are in it to descriptor 3. Opens that descriptor anew before
 * it loads the jar, whose code may close every descriptor that it knows.
 */
final class JarProbeMain {
  /** The last line: an answer without it was cut short. */
  static final String END = "#end\n";

  private JarProbeMain() {}

  public static void main(String[] args) throws IOException {
    try (var answer = new FileOutputStream("/dev/fd/3")) {
      var found = Installation.load(Path.of(args[0]));
      answer.write((found.text() + END).getBytes(StandardCharsets.UTF_8));
    }
    Runtime.getRuntime().halt(0); // threads and hooks of the jar must not keep the process
  }
}
