package dev.sessiontoken.cli.resident;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the resident helper of an image listens: a socket, named by the id of the image, in a
 * folder that belongs to the user and is closed to others. The launcher computes the same path.
 *
 * @param id id of the image, which the build writes into the image and into its launcher
 * @param folder the folder of the socket: {@code sessiontoken} below {@code XDG_RUNTIME_DIR}, or
 *     {@code .cache/sessiontoken/run} below {@code HOME}
 */
public record Place(String id, Path folder) {
  /** Longest path of a socket in bytes, unix(7): 108 with the NUL at the end. */
  private static final int MAX_PATH = 107;

  private static final int ACCESS = 07777;
  private static final int FOR_USER_ALONE = 0700;
  private static final String STEP = "find the folder of the resident helper";

  /**
   * Returns the place of an image's helper.
   *
   * @throws NotConfigured if the image has no id or no client, the variables name no folder, or the
   *     path is too long for a socket
   */
  public static Place of(Path image, Map<String, String> environment) throws NotConfigured {
    if (!Files.isExecutable(image.resolve("bin/coder-warm"))) {
      throw new NotConfigured(
          "find the client of the resident helper",
          "this image was built without it: bin/coder-warm is missing",
          "build the image on a machine that has a C compiler (cc)",
          null);
    }
    var place = new Place(id(image), folder(environment));
    int length = place.socket().toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > MAX_PATH) throw unusable(place.folder + " is too long for a socket", null);
    return place;
  }

  private static String id(Path image) throws NotConfigured {
    try {
      return Files.readString(image.resolve("lib/image-id")).strip();
    } catch (IOException e) {
      throw new NotConfigured(
          "read the id of the image", "lib/image-id cannot be read", "build the image again", e);
    }
  }

  /** Returns whether the image has the id of this place: not once it was removed or upgraded. */
  public boolean isOf(Path image) {
    try {
      return id(image).equals(id);
    } catch (NotConfigured e) {
      return false;
    }
  }

  private static Path folder(Map<String, String> environment) throws NotConfigured {
    String run = environment.getOrDefault("XDG_RUNTIME_DIR", "");
    String home = environment.getOrDefault("HOME", "");
    if (run.startsWith("/")) return Path.of(run, "sessiontoken");
    if (run.isEmpty() && home.startsWith("/")) return Path.of(home, ".cache/sessiontoken/run");
    throw unusable("neither XDG_RUNTIME_DIR nor HOME is an absolute path", null);
  }

  /** Returns the path of the socket. */
  public Path socket() {
    return folder.resolve(id + ".sock");
  }

  /**
   * Creates the folder if it is missing, and checks who owns it.
   *
   * @throws NotConfigured if it cannot be created, or is not a folder of this user alone
   */
  public void prepare() throws NotConfigured {
    try {
      Files.createDirectories(folder.getParent());
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException _) {
      check();
      return;
    } catch (IOException e) {
      throw unusable(folder + " cannot be created: " + e.getMessage(), e);
    }
    check();
  }

  /**
   * Checks that others cannot have put anything into the folder. Links are not followed.
   *
   * @throws NotConfigured if it is missing, or is not a folder of this user alone
   */
  public void check() throws NotConfigured {
    try {
      int mode = attribute(folder, "mode") & ACCESS;
      int self = (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid"); // follows the link
      boolean isOwn = attribute(folder, "uid") == self;
      boolean isFolder = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS);
      if (!isFolder) throw unusable(folder + " is no folder", null);
      if (!isOwn) throw unusable(folder + " belongs to another user", null);
      if (mode != FOR_USER_ALONE) {
        String shown = Integer.toOctalString(mode);
        throw unusable(folder + " has the mode " + shown + " instead of 700", null);
      }
    } catch (IOException e) {
      throw unusable(folder + " cannot be read", e);
    }
  }

  private static int attribute(Path file, String name) throws IOException {
    return (int) Files.getAttribute(file, "unix:" + name, LinkOption.NOFOLLOW_LINKS);
  }

  private static NotConfigured unusable(String problem, @Nullable Throwable cause) {
    return new NotConfigured(
        STEP, problem, "set XDG_RUNTIME_DIR to a short path of a folder of your own", cause);
  }
}
