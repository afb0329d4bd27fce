package dev.sessiontoken.cli.command;

import dev.sessiontoken.cli.process.ProgramPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints the program's version. */
public final class Version implements Command {

  /** Returns the version that the build writes into the module's descriptor. */
  public static String number() {
    var descriptor = Version.class.getModule().getDescriptor();
    return descriptor == null ? "unknown" : descriptor.rawVersion().orElse("unknown");
  }

  @Override
  public String words() {
    return "version";
  }

  @Override
  public String summary() {
    return "print the version";
  }

  @Override
  public String description() {
    return """
    Prints the version of this program. With -v, names the next "coder" in the path,
    which gets the calls whose first word is no command of this program.
    """;
  }

  @Override
  public Outcome run(Invocation invocation) {
    if (invocation.trace().isShown()) tellNext(invocation);
    return Outcome.ok("sessiontoken " + number() + "\n");
  }

  private static void tellNext(Invocation invocation) {
    String path = invocation.arguments().variable("PATH").orElse("");
    var next = ProgramPath.next("coder", path, file -> isSame(file, invocation.launcher()));
    invocation
        .trace()
        .tell(
            "other words go to "
                + next.map(Path::toString).orElse("no other program: none is in the path"));
  }

  private static boolean isSame(Path file, Path other) {
    try {
      return Files.isSameFile(file, other);
    } catch (IOException e) {
      return false;
    }
  }
}
