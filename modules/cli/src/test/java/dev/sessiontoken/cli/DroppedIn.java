package dev.sessiontoken.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/** Loads {@link Troublemakers} as if from a jar of their own, outside the module of the tests. */
final class DroppedIn extends ClassLoader {
  private static final String SERVICE =
      "META-INF/services/dev.sessiontoken.spi.SessionTokenProvider";
  private static final String OWN = Troublemakers.class.getName() + "$";

  private final Path list;

  DroppedIn(Path folder) {
    super(DroppedIn.class.getClassLoader());
    try {
      list = folder.resolve("providers");
      Files.writeString(
          list,
          String.join(
              "\n",
              OWN + "NeverEnds",
              OWN + "Throws",
              OWN + "Errs",
              OWN + "Overflows",
              OWN + "GivesNull"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected Enumeration<URL> findResources(String name) throws IOException {
    if (!name.equals(SERVICE)) return Collections.emptyEnumeration();
    return Collections.enumeration(List.of(list.toUri().toURL()));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OWN)) return super.loadClass(name, resolve);
    synchronized (getClassLoadingLock(name)) {
      var loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
