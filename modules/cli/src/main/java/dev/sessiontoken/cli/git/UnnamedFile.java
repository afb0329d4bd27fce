package dev.sessiontoken.cli.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * A file without a name that holds a secret, for programs that take secrets from files only.
 * Deleted before the secret is written; the kernel frees it when this process ends, however it
 * ends.
 *
 * @param channel keeps the file open
 * @param path path for other processes of the user: this process's descriptor under {@code /proc}
 */
record UnnamedFile(FileChannel channel, Path path) implements AutoCloseable {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
  private static final Set<StandardOpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  private static final FileAttribute<?> FOR_USER_ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int STICKY = 01000;
  private static final int ROOT = 0;

  /**
   * Writes a text that the user alone can read.
   *
   * @param folders candidates, best first; one that others may write to, or that is full, is passed
   *     over
   * @throws IOException if no folder will do; the message says why the last one does not
   */
  static UnnamedFile holding(String text, List<Path> folders) throws IOException {
    var failure = new IOException("no folder is given");
    for (var folder : inMemoryFirst(folders)) {
      try {
        return in(folder, text);
      } catch (IOException e) {
        failure = new IOException(folder + ": " + reason(e), e);
      }
    }
    throw failure;
  }

  private static String reason(IOException e) {
    if (e instanceof NoSuchFileException) return "there is no such folder";
    if (e instanceof FileSystemException file && file.getReason() != null) return file.getReason();
    return String.valueOf(e.getMessage());
  }

  private static List<Path> inMemoryFirst(List<Path> folders) {
    var sorted = new ArrayList<>(folders);
    sorted.sort(Comparator.comparing(folder -> !isInMemory(folder)));
    return sorted;
  }

  private static boolean isInMemory(Path folder) {
    try {
      return IN_MEMORY.contains(Files.getFileStore(folder).type());
    } catch (IOException e) {
      return false;
    }
  }

  /** The descriptor that creates the file is the one that is written: its name is used once. */
  private static UnnamedFile in(Path folder, String text) throws IOException {
    requireTrusted(folder);
    var file = folder.resolve("coder-" + UUID.randomUUID());
    var channel = FileChannel.open(file, CREATE, FOR_USER_ALONE);
    try {
      var path = descriptor(file);
      Files.delete(file);
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) channel.write(bytes);
      return new UnnamedFile(channel, path);
    } catch (IOException e) {
      Files.deleteIfExists(file);
      channel.close();
      throw e;
    }
  }

  /** Others who may write to a folder could put another file in place of the new one. */
  private static void requireTrusted(Path folder) throws IOException {
    int mode = (int) Files.getAttribute(folder, "unix:mode");
    int owner = (int) Files.getAttribute(folder, "unix:uid");
    boolean isOwn = owner == (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
    boolean isShared = (mode & WRITABLE_BY_OTHERS) != 0;
    boolean isSticky = (mode & STICKY) != 0;
    if (!isOwn && owner != ROOT) throw new IOException("the folder belongs to another user");
    if (isShared && !isSticky) throw new IOException("others may write to the folder");
  }

  /** Finds the descriptor by the name of the open file: the JDK does not show its number. */
  private static Path descriptor(Path file) throws IOException {
    try (var descriptors = Files.newDirectoryStream(DESCRIPTORS)) {
      for (var each : descriptors) {
        if (isOf(file, each)) {
          String process = Long.toString(ProcessHandle.current().pid());
          return Path.of("/proc", process, "fd", each.getFileName().toString());
        }
      }
    }
    throw new IOException("this system does not tell the descriptors of a process");
  }

  private static boolean isOf(Path file, Path descriptor) throws IOException {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.endsWith("/" + file.getFileName());
    } catch (NoSuchFileException e) {
      return false; // closed since it was listed, such as the descriptor of the listing itself
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
