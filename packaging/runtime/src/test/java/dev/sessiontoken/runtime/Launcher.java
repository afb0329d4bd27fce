package dev.sessiontoken.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The image's launcher beside a stub of {@code java} that prints its arguments. */
final class Launcher {
  private final Path image;

  /** Creates the stub image in {@code image}, a folder that does not exist yet. */
  Launcher(Path image) throws IOException {
    this.image = image;
    var bin = Files.createDirectories(image.resolve("bin"));
    Files.copy(Image.program(), bin.resolve("coder"));
    Files.createSymbolicLink(image.resolve("lib"), Image.folder().resolve("lib"));
    var java = Files.writeString(bin.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  Path image() {
    return image;
  }

  /** The JVM's options, main class and arguments for a command. */
  List<String> arguments(Map<String, String> environment, String... args) throws Exception {
    var command = new ArrayList<>(List.of(image.resolve("bin/coder").toString()));
    command.addAll(List.of(args));
    return Programs.run(environment, command.toArray(new String[0])).lines().toList();
  }
}
