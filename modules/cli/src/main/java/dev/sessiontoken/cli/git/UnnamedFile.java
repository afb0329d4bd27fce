package dev.sessiontoken.cli.git;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;

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

  /**
   * Writes a text that the user alone can read.
   *
   * @param folders candidates; the first that is in memory, else the last
   */
  static UnnamedFile holding(String text, List<Path> folders) throws IOException {
    var file = Files.createTempFile(folder(folders), "coder-", ""); // with mode 0600
    FileChannel channel;
    try {
      channel = FileChannel.open(file, StandardOpenOption.WRITE);
    } finally {
      Files.delete(file);
    }
    try {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) channel.write(bytes);
      return new UnnamedFile(channel, descriptor(file));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static Path folder(List<Path> folders) throws IOException {
    for (var folder : folders) if (isInMemory(folder)) return folder;
    return folders.getLast();
  }

  private static boolean isInMemory(Path folder) throws IOException {
    return Files.isDirectory(folder)
        && Files.isWritable(folder)
        && IN_MEMORY.contains(Files.getFileStore(folder).type());
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
      return target.endsWith("/" + file.getFileName() + " (deleted)");
    } catch (NoSuchFileException e) {
      return false; // closed meanwhile, such as that of the listing
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
