package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.IOException;
import java.lang.module.InvalidModuleDescriptorException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Reads a jar's entries without loading a class of it. */
final class JarContents {
  /** Upper bound of an unpacked entry in bytes: no provider is near it, a zip bomb is above it. */
  private static final long MAX_ENTRY = 64L << 20;

  private static final String SERVICES =
      "META-INF/services/" + SessionTokenProvider.class.getName();

  private static final int MAX_ENTRIES = 100_000;

  /** Upper bound of an entry that is read whole, in bytes. */
  private static final long MAX_TEXT = ProviderIndex.MAX_BYTES;

  private JarContents() {}

  /**
   * Refuses a file that is not a jar.
   *
   * @throws UnusableJarException if the jar is damaged, or unpacks to more than a provider needs
   */
  static void check(Path jar) throws UnusableJarException {
    try (var file = new JarFile(jar.toFile(), false)) {
      if (file.size() > MAX_ENTRIES) throw tooLarge(jar);
      for (var entries = file.entries(); entries.hasMoreElements(); ) {
        var entry = entries.nextElement();
        if (entry.getSize() > (isText(entry) ? MAX_TEXT : MAX_ENTRY)) throw tooLarge(jar);
      }
    } catch (IOException | SecurityException e) {
      throw damaged(jar);
    }
  }

  /** Whether an entry is read whole, by the JVM's service loader or here. */
  private static boolean isText(ZipEntry entry) {
    return entry.getName().startsWith("META-INF/services/")
        || entry.getName().equals(ProviderIndex.RESOURCE);
  }

  private static UnusableJarException tooLarge(Path jar) {
    return new UnusableJarException(jar.getFileName() + " holds more than any provider needs");
  }

  private static UnusableJarException damaged(Path jar) {
    return new UnusableJarException(jar.getFileName() + " is no jar, or is damaged");
  }

  /**
   * Returns the text of the jar's index of providers, empty if it has none.
   *
   * @throws UnusableJarException if the index cannot be read
   */
  static Optional<String> index(Path jar) throws UnusableJarException {
    try (var file = new JarFile(jar.toFile(), false)) {
      var entry = file.getEntry(ProviderIndex.RESOURCE);
      if (entry == null) return Optional.empty();
      try (var in = file.getInputStream(entry)) {
        byte[] text = in.readNBytes(ProviderIndex.MAX_BYTES);
        return Optional.of(new String(text, StandardCharsets.UTF_8));
      }
    } catch (IOException | SecurityException e) {
      throw damaged(jar);
    }
  }

  /**
   * Returns the binary names of the classes that a jar names as providers, in its module descriptor
   * and under {@code META-INF/services}.
   *
   * @throws UnusableJarException if one of the two cannot be read
   */
  static Set<String> providers(Path jar) throws UnusableJarException {
    var names = new LinkedHashSet<String>();
    try (var file = new JarFile(jar.toFile(), false, ZipFile.OPEN_READ, Runtime.version())) {
      var services = file.getJarEntry(SERVICES);
      if (services != null) {
        try (var in = file.getInputStream(services)) {
          names.addAll(lines(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        }
      }
      var descriptor = file.getJarEntry("module-info.class");
      if (descriptor != null) {
        try (var in = file.getInputStream(descriptor)) {
          names.addAll(providers(ModuleDescriptor.read(in)));
        }
      }
      return names;
    } catch (IOException | SecurityException e) {
      throw damaged(jar);
    } catch (InvalidModuleDescriptorException e) {
      throw new UnusableJarException(
          jar.getFileName() + " has an invalid module descriptor: " + e.getMessage(), e);
    }
  }

  /** The format of {@code META-INF/services}: a name a line, comments after a number sign. */
  private static List<String> lines(String services) {
    return services
        .lines()
        .map(line -> line.substring(0, line.indexOf('#') < 0 ? line.length() : line.indexOf('#')))
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  private static List<String> providers(ModuleDescriptor module) {
    return module.provides().stream()
        .filter(each -> each.service().equals(SessionTokenProvider.class.getName()))
        .flatMap(each -> each.providers().stream())
        .toList();
  }

  /** Whether the jar has a class. */
  static boolean has(Path jar, String type) {
    try (var file = new JarFile(jar.toFile(), false)) {
      return file.getEntry(type.replace('.', '/') + ".class") != null;
    } catch (IOException | SecurityException e) {
      return false;
    }
  }

  /** Returns the implementation version of the jar's manifest, empty text if there is none. */
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
