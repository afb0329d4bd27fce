package dev.sessiontoken.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.stream.Stream;

/** A folder into which jars are dropped: what lies in it, and who else may write to it. */
final class JarFolder {
  private static final int MAX = 1000;

  private JarFolder() {}

  /**
   * The places in it: jars, and folders of jars. Names that begin with a dot do not count.
   *
   * @throws UnusableJarException if others may write to it, or it cannot be read
   */
  static List<Path> places(Path folder) throws UnusableJarException {
    if (!Files.isDirectory(folder)) throw new UnusableJarException("it is not a folder");
    checkOwn(folder);
    return children(folder).filter(each -> isJar(each) || Files.isDirectory(each)).toList();
  }

  /**
   * The jars of a place: itself, or those in it.
   *
   * @throws UnusableJarException if one of them is not what it should be
   */
  static List<Path> jars(Path place) throws UnusableJarException {
    checkWithin(place);
    if (isJar(place)) {
      if (Files.isDirectory(place)) throw new UnusableJarException("it is a folder, not a jar");
      checkJar(place);
      return List.of(place);
    }
    checkOwn(place);
    var jars = children(place).filter(JarFolder::isJar).toList();
    if (jars.isEmpty()) throw new UnusableJarException("there is no jar in it");
    for (var jar : jars) {
      checkWithin(jar);
      checkJar(jar);
    }
    return jars;
  }

  private static boolean isJar(Path path) {
    return path.getFileName().toString().endsWith(".jar");
  }

  private static Stream<Path> children(Path folder) throws UnusableJarException {
    try (var all = Files.list(folder)) {
      var visible = all.filter(each -> !each.getFileName().toString().startsWith("."));
      return visible.sorted().limit(MAX).toList().stream();
    } catch (IOException | UncheckedIOException e) {
      throw new UnusableJarException("it cannot be read");
    }
  }

  private static void checkJar(Path jar) throws UnusableJarException {
    if (!Files.isRegularFile(jar)) throw new UnusableJarException(name(jar) + " is not a file");
    if (!Files.isReadable(jar)) throw new UnusableJarException(name(jar) + " cannot be read");
    checkOwn(jar);
    JarContents.check(jar);
  }

  /** What others can write to, others can run as this user. */
  private static void checkOwn(Path path) throws UnusableJarException {
    try {
      var permissions = Files.getPosixFilePermissions(path);
      if (permissions.contains(PosixFilePermission.GROUP_WRITE)
          || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        throw new UnusableJarException(
            name(path) + " may be written to by others: chmod go-w " + name(path));
      }
    } catch (IOException e) {
      throw new UnusableJarException(name(path) + " cannot be read");
    } catch (UnsupportedOperationException e) {
      return; // no such permissions on this system
    }
  }

  private static void checkWithin(Path path) throws UnusableJarException {
    if (!Files.isSymbolicLink(path)) return;
    try {
      var target = path.toRealPath();
      if (target.startsWith(path.toAbsolutePath().resolveSibling("").toRealPath())) return;
    } catch (IOException e) {
      throw new UnusableJarException(name(path) + " is a link to nowhere");
    }
    throw new UnusableJarException(name(path) + " is a link out of the folder");
  }

  static boolean exists(Path folder) {
    return Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
