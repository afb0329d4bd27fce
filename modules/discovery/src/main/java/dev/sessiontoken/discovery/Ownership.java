package dev.sessiontoken.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/**
 * Tells whether a file is this user's alone: a user who can change a jar, or a folder above it, can
 * run code as this user.
 *
 * @param system asks the operating system
 */
record Ownership(FileSystemStatus system) {
  private static final int ROOT = 0;
  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_OTHERS = 022;
  private static final int ANY_ACCESS_OF_OTHERS = 077;

  /**
   * A file's owner and mode.
   *
   * @param user the owner's user id
   * @param mode permission bits, as in {@code st_mode}
   */
  record Status(int user, int mode) {
    boolean has(int bits) {
      return (mode & bits) != 0;
    }
  }

  /** Asks the operating system; a seam for tests that do not run as root. */
  interface FileSystemStatus {

    /**
     * Returns the status of a file, following links.
     *
     * @throws UnsupportedOperationException on a system without users and modes
     */
    Status of(Path path) throws IOException;

    /** Returns the effective user id of this process. */
    int user() throws IOException;
  }

  static Ownership ofThisSystem() {
    return new Ownership(new Unix());
  }

  private record Unix() implements FileSystemStatus {
    @Override
    public Status of(Path path) throws IOException {
      var status = Files.readAttributes(path, "unix:uid,mode");
      return new Status(number(status, "uid"), number(status, "mode"));
    }

    private static int number(Map<String, Object> status, String name) {
      return (Integer) Objects.requireNonNull(status.get(name));
    }

    /** As the kernel says it, else by the owner of a new file. */
    @Override
    public int user() throws IOException {
      var self = Path.of("/proc/self/status");
      if (!Files.isReadable(self)) return userOfNewFile();
      for (String line : Files.readAllLines(self)) {
        if (line.startsWith("Uid:")) return Integer.parseUnsignedInt(line.split("\t", -1)[2]);
      }
      throw new IOException(self + " has no line Uid");
    }

    private int userOfNewFile() throws IOException {
      var file = Files.createTempFile("sessiontoken", "");
      try {
        return of(file).user();
      } finally {
        Files.delete(file);
      }
    }
  }

  /**
   * Refuses a file that another user owns or may write to, and a file below such a folder. Folders
   * with the sticky bit may be written to by others: files in them stay their owners'.
   *
   * @param path without links
   * @throws UnusableJarException which path it is, and what to do
   */
  void checkWithParents(Path path) throws UnusableJarException {
    check(path);
    for (var parent = path.getParent(); parent != null; parent = parent.getParent()) {
      checkParent(parent);
    }
  }

  /**
   * Refuses a file that another user owns or may write to.
   *
   * @throws UnusableJarException what to do
   */
  void check(Path path) throws UnusableJarException {
    check(path, String.valueOf(path.getFileName()), 0);
  }

  private void checkParent(Path folder) throws UnusableJarException {
    check(folder, folder.toString(), STICKY);
  }

  private void check(Path path, String name, int excuse) throws UnusableJarException {
    try {
      var status = system.of(path);
      if (!isOwn(status)) {
        throw new UnusableJarException(
            name + " belongs to user " + status.user() + ", not to you or root: chown " + name);
      }
      if (status.has(WRITABLE_BY_OTHERS) && !status.has(excuse)) {
        throw new UnusableJarException(name + " may be written to by others: chmod go-w " + name);
      }
    } catch (IOException e) {
      throw new UnusableJarException(name + " cannot be read");
    } catch (UnsupportedOperationException e) {
      return; // a system without users and modes
    }
  }

  private boolean isOwn(Status status) throws IOException {
    return status.user() == ROOT || status.user() == system.user();
  }

  /**
   * Whether this user alone can see and change what is in a folder.
   *
   * @param folder without links
   */
  boolean isPrivate(Path folder) {
    try {
      checkWithParents(folder);
      var status = system.of(folder);
      return status.user() == system.user() && !status.has(ANY_ACCESS_OF_OTHERS);
    } catch (UnusableJarException | IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
