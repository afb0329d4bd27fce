package dev.sessiontoken.discovery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** Looks into a jar before anything of it is loaded. */
final class JarContents {
  /** What no provider comes near, and a zip bomb does not stay under. */
  private static final long MAX_ENTRY = 64L << 20;

  private static final int MAX_ENTRIES = 100_000;
  private static final long MAX_TEXT = 64L << 10;

  private JarContents() {}

  /**
   * Refuses what is no jar.
   *
   * @throws UnusableJarException if it is damaged or unpacks to more than it may
   */
  static void check(Path jar) throws UnusableJarException {
    try (var file = new JarFile(jar.toFile(), false)) {
      if (file.size() > MAX_ENTRIES) throw tooLarge(jar);
      for (var entries = file.entries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        if (entry.getSize() > (isText(entry) ? MAX_TEXT : MAX_ENTRY)) throw tooLarge(jar);
      }
    } catch (IOException | SecurityException e) {
      throw new UnusableJarException(jar.getFileName() + " is no jar, or is damaged");
    }
  }

  /** What the JVM reads whole before it loads a class. */
  private static boolean isText(ZipEntry entry) {
    return entry.getName().startsWith("META-INF/services/");
  }

  private static UnusableJarException tooLarge(Path jar) {
    return new UnusableJarException(jar.getFileName() + " holds more than any provider needs");
  }

  /** The version that its manifest gives, empty text if none. */
  static String version(Path jar) {
    try (var file = new JarFile(jar.toFile(), false)) {
      var manifest = file.getManifest();
      if (manifest == null) return "";
      var version = manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
      return version == null ? "" : version;
    } catch (IOException | SecurityException e) {
      return "";
    }
  }
}
