package dev.sessiontoken.discovery;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.SecureClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * Loads the classes of one installation as a class path does: all jars in one unnamed module, the
 * first jar that has a class or resource counts.
 *
 * <p>Packages of the JDK and of {@code dev.sessiontoken.spi} are the program's, whatever the jars
 * hold. Of {@link #SHARED} packages, the jars' own copies count; the program's are used where the
 * jars have none. No other class of the program is visible. The {@code Class-Path} of a manifest is
 * not followed: it could lead to files that were not checked.
 *
 * <p>The jars stay open until the loader is unreachable.
 */
final class JarClassPath extends SecureClassLoader {
  private static final String SPI = "dev.sessiontoken.spi";

  /** Packages, with those below them, that docs/providers.md names. */
  private static final List<String> SHARED =
      List.of("dev.sessiontoken.http", "jakarta.json", "org.eclipse.parsson", "org.jspecify");

  private static final String SERVICES = "META-INF/services/";

  static {
    registerAsParallelCapable();
  }

  /**
   * A jar of the path.
   *
   * @param url of the file
   */
  private record Jar(JarFile file, URL url) {

    /** Returns the entry of a name, for this version of Java if the jar is a multi-release jar. */
    @Nullable JarEntry entry(String name) {
      return file.getJarEntry(name);
    }

    URL resource(JarEntry entry) {
      try {
        var path = new URI(null, null, "/" + entry.getRealName(), null).getRawPath();
        return URI.create("jar:" + url + "!" + path).toURL();
      } catch (URISyntaxException | MalformedURLException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  private final List<Jar> jars = new ArrayList<>();
  private final Set<String> jdkPackages = new HashSet<>();

  /**
   * Opens the jars.
   *
   * @param name of the loader, which stack traces show
   * @throws UnusableJarException if a jar cannot be opened
   */
  JarClassPath(String name, List<Path> paths) throws UnusableJarException {
    super(name, JarClassPath.class.getClassLoader());
    for (var module : ModuleLayer.boot().modules()) {
      boolean isJdk = module.getName().startsWith("java.") || module.getName().startsWith("jdk.");
      if (isJdk) jdkPackages.addAll(module.getPackages());
    }
    for (var path : paths) jars.add(open(path));
  }

  private static Jar open(Path path) throws UnusableJarException {
    try {
      var file = new JarFile(path.toFile(), true, ZipFile.OPEN_READ, Runtime.version());
      return new Jar(file, path.toUri().toURL());
    } catch (IOException | SecurityException e) {
      throw new UnusableJarException(path.getFileName() + " cannot be read", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      var loaded = findLoadedClass(name);
      if (loaded != null) return loaded;
      return isOfProgram(name) ? getParent().loadClass(name) : findClass(name);
    }
  }

  /** Whether the program's class counts: always, or because no jar has it. */
  private boolean isOfProgram(String type) {
    String packageName = packageOf(type, '.');
    if (isAlwaysOfProgram(packageName)) return true;
    return isShared(packageName) && !has(type.replace('.', '/') + ".class");
  }

  private boolean isAlwaysOfProgram(String packageName) {
    return packageName.equals(SPI) || jdkPackages.contains(packageName);
  }

  private static boolean isShared(String packageName) {
    for (String each : SHARED) {
      if (packageName.equals(each) || packageName.startsWith(each + ".")) return true;
    }
    return false;
  }

  private static String packageOf(String name, char separator) {
    return name.substring(0, Math.max(0, name.lastIndexOf(separator)));
  }

  private boolean has(String resource) {
    return jars.stream().anyMatch(each -> each.entry(resource) != null);
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    String path = name.replace('.', '/') + ".class";
    for (var jar : jars) {
      var entry = jar.entry(path);
      if (entry != null) return define(name, jar, entry);
    }
    throw new ClassNotFoundException(name);
  }

  /** The entry's signers are known only when the whole entry has been read. */
  private Class<?> define(String name, Jar jar, JarEntry entry) throws ClassNotFoundException {
    try (var in = jar.file().getInputStream(entry)) {
      byte[] bytes = in.readAllBytes();
      definePackage(packageOf(name, '.'), jar);
      var source = new CodeSource(jar.url(), entry.getCodeSigners());
      return defineClass(name, bytes, 0, bytes.length, source);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }

  /** Libraries read their own version from their package. */
  private void definePackage(String name, Jar jar) throws IOException {
    if (name.isEmpty() || getDefinedPackage(name) != null) return;
    var manifest = jar.file().getManifest();
    var values = manifest == null ? new Attributes() : manifest.getMainAttributes();
    try {
      definePackage(
          name,
          values.getValue(Attributes.Name.SPECIFICATION_TITLE),
          values.getValue(Attributes.Name.SPECIFICATION_VERSION),
          values.getValue(Attributes.Name.SPECIFICATION_VENDOR),
          values.getValue(Attributes.Name.IMPLEMENTATION_TITLE),
          values.getValue(Attributes.Name.IMPLEMENTATION_VERSION),
          values.getValue(Attributes.Name.IMPLEMENTATION_VENDOR),
          null);
    } catch (IllegalArgumentException e) {
      return; // another thread has defined it since
    }
  }

  @Override
  public @Nullable URL getResource(String name) {
    boolean isAlways = isAlwaysOfProgram(packageOf(name, '/').replace('/', '.'));
    var own = isAlways ? null : findResource(name);
    return own == null && isResourceOfProgram(name) ? getParent().getResource(name) : own;
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    var found = Collections.list(findResources(name));
    if (isResourceOfProgram(name)) found.addAll(Collections.list(getParent().getResources(name)));
    return Collections.enumeration(found);
  }

  /** Of services, those whose interface is shared and in no jar. */
  private boolean isResourceOfProgram(String name) {
    if (name.startsWith(SERVICES)) {
      String type = name.substring(SERVICES.length());
      return isShared(packageOf(type, '.')) && isOfProgram(type);
    }
    String packageName = packageOf(name, '/').replace('/', '.');
    return isAlwaysOfProgram(packageName) || isShared(packageName);
  }

  @Override
  protected @Nullable URL findResource(String name) {
    for (var jar : jars) {
      var entry = jar.entry(name);
      if (entry != null) return jar.resource(entry);
    }
    return null;
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    var found = new ArrayList<URL>();
    for (var jar : jars) {
      var entry = jar.entry(name);
      if (entry != null) found.add(jar.resource(entry));
    }
    return Collections.enumeration(found);
  }
}
