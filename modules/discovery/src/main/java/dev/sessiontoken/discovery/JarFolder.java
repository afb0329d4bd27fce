package dev.sessiontoken.discovery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lists the jars of a folder into which jars are dropped, and refuses what another user could have
 * put or changed there.
 */
record JarFolder(Ownership ownership) {
  private static final int MAX = 1000;

  static JarFolder ofThisSystem() {
    return new JarFolder(Ownership.ofThisSystem());
  }

  static boolean exists(Path folder) {
    return Files.exists(folder, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Returns the places in a folder, without links in the folder's own path: jars, and folders of
   * jars. Names that begin with a dot are left out.
   *
   * @throws UnusableJarException if others may write to the folder, or it cannot be read
   */
  List<Path> places(Path folder) throws UnusableJarException {
    if (!Files.isDirectory(folder)) throw new UnusableJarException("it is not a folder");
    var real = real(folder);
    ownership.checkWithParents(real);
    return children(real).filter(each -> isJar(each) || Files.isDirectory(each)).toList();
  }

  /**
   * Returns the jars of a place: the place itself, or the jars in it.
   *
   * @throws UnusableJarException if a jar is damaged, or others may write to it
   */
  List<Path> jars(Path place) throws UnusableJarException {
    checkWithin(place);
    if (isJar(place)) {
      if (Files.isDirectory(place)) throw new UnusableJarException("it is a folder, not a jar");
      checkJar(place);
      return List.of(place);
    }
    ownership.check(place);
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

  private static Path real(Path folder) throws UnusableJarException {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw new UnusableJarException("it cannot be read");
    }
  }

  private void checkJar(Path jar) throws UnusableJarException {
    if (!Files.isRegularFile(jar)) throw new UnusableJarException(name(jar) + " is not a file");
    if (!Files.isReadable(jar)) throw new UnusableJarException(name(jar) + " cannot be read");
    ownership.check(jar);
    JarContents.check(jar);
  }

  /** A link may lead to another file of its own folder, whose owner has been checked. */
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

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }
}
