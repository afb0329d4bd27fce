package dev.sessiontoken.cli.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The process's standard output, which carries the answer and nothing else.
 *
 * <p>Code of a dropped-in jar could write to descriptor 1 by itself, past every stream of Java, or
 * close it. Before such code is loaded, {@link #handOver} gives the descriptor to a shell, and this
 * process's own descriptor becomes {@code /dev/null}. The answer then goes through the shell, whose
 * builtin commands copy it byte for byte.
 */
public final class StandardOutput extends OutputStream {
  private static final String COPY =
      "while IFS= read -r line; do printf '%s\\n' \"$line\" || exit 1; done; printf %s \"$line\"";

  private final OutputStream own = new FileOutputStream(FileDescriptor.out);
  private @Nullable Process shell;

  /**
   * Gives the descriptor away. Does nothing the second time, or if no shell can be started: the
   * answer is then written as usual.
   */
  public synchronized void handOver(ChildProcesses children) {
    if (shell != null) return;
    var builder =
        children
            .builder(List.of("/bin/sh", "-c", COPY))
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectOutput(ProcessBuilder.Redirect.INHERIT)
            .redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      shell = builder.start();
      own.close(); // the JDK does not close descriptors 0 to 2: it opens /dev/null in their place
    } catch (IOException e) {
      return;
    }
  }

  @Override
  public synchronized void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    var copier = shell;
    if (copier == null) own.write(bytes, offset, length);
    else copier.getOutputStream().write(bytes, offset, length);
  }

  /** After the descriptor was handed over, waits until the whole answer has been written. */
  @Override
  public synchronized void flush() throws IOException {
    var copier = shell;
    if (copier == null) return;
    copier.getOutputStream().close();
    try {
      if (copier.waitFor() != 0) throw new IOException("the answer could not be written");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the answer was written", e);
    }
  }
}
