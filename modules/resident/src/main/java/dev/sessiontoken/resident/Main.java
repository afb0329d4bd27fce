package dev.sessiontoken.resident;

import dev.sessiontoken.cli.Program;
import dev.sessiontoken.cli.command.Terminal;
import dev.sessiontoken.cli.process.OwnProcess;
import dev.sessiontoken.cli.resident.ResidentProcess;
import dev.sessiontoken.cli.resident.ResidentStart;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;

/**
 * The process of the resident helper: runs {@code resident start --foreground}, as the launcher
 * calls it, and ends with its exit code.
 */
public final class Main implements ResidentProcess {

  @Override
  public void run(String... args) {
    var out = new FileOutputStream(FileDescriptor.out);
    var err =
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    keepStreamsFromCommands();
    var image = Path.of(System.getProperty("java.home"));
    var server = new ResidentServer(image, ProcessHandle.current().pid());
    var hook = new Thread(server::end, "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    var program =
        new Program(
            Program.commands(new ResidentStart(server)),
            new OwnProcess(),
            new Terminal(InputStream.nullInputStream(), out, err, () -> false, () -> false),
            System.getenv(),
            InstantSource.system(),
            Thread::sleep,
            image,
            Path.of(System.getProperty("sessiontoken.launcher", image + "/bin/coder")));
    int status = program.run(args);
    Runtime.getRuntime().halt(status);
  }

  /** What foreign code prints here belongs to no caller. */
  private static void keepStreamsFromCommands() {
    var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
    System.setOut(nowhere);
    System.setErr(nowhere);
    System.setIn(InputStream.nullInputStream());
  }
}
