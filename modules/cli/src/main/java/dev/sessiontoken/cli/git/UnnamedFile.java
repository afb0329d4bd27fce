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
 * A file with a secret for programs that want a file: deleted before the secret is written into it,
 * and gone with this process however that ends.
 *
 * @param channel keeps it
 * @param path under which other processes of the user find it: that of this process's descriptor
 */
record UnnamedFile(FileChannel channel, Path path) implements AutoCloseable {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");
  private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");

  /**
   * Keeps a text, readable by the user alone.
   *
   * @param folders where it may lie; the first that is in memory, else the last
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

  /** The JDK does not tell its number; Linux tells what each of them was opened as. */
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
