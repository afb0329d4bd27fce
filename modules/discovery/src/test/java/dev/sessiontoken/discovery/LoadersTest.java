package dev.sessiontoken.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Discovery in a program of which one loader has the library and a provider: Spring Boot's jars.
 */
class LoadersTest {
  private static final String SERVICE = "META-INF/services/" + SessionTokenProvider.class.getName();

  @TempDir Path folder;
  private URLClassLoader program;

  /** A provider that the program's loader has. */
  public static class Own implements SessionTokenProvider {
    @Override
    public String name() {
      return "own";
    }

    @Override
    public SessionToken obtain(ProviderContext context) {
      return SessionToken.of("own");
    }
  }

  /** A provider that another loader has. */
  public static final class Other extends Own {
    @Override
    public String name() {
      return "other";
    }
  }

  @BeforeEach
  void load() throws IOException {
    var urls =
        new URL[] {
          place(SessionTokenProvider.class),
          place(SessionTokenProviders.class),
          place(getClass(), Own.class)
        };
    program = new URLClassLoader(urls, null); // the platform's loader knows the test's own modules
  }

  @AfterEach
  void close() throws IOException {
    program.close();
  }

  private static URL place(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** A folder with both classes, of which one is listed as a service. */
  private URL place(Class<?> test, Class<?> service) throws IOException {
    var root = folder.resolve(service.getSimpleName());
    for (var type : List.of(Own.class, Other.class)) {
      String path = type.getName().replace('.', '/') + ".class";
      Files.createDirectories(root.resolve(path).getParent());
      try (var bytes = test.getClassLoader().getResourceAsStream(path)) {
        Files.write(root.resolve(path), bytes.readAllBytes());
      }
    }
    Files.createDirectories(root.resolve(SERVICE).getParent());
    Files.writeString(root.resolve(SERVICE), service.getName());
    return root.toUri().toURL();
  }

  private List<String> namesWith(@Nullable ClassLoader context) throws Exception {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(context);
    try {
      var all = program.loadClass(SessionTokenProviders.class.getName()).getMethod("all");
      var names = new ArrayList<String>();
      for (var each : (List<?>) all.invoke(null)) {
        names.add((String) each.getClass().getMethod("name").invoke(each));
      }
      return names;
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "platform", "system", "own"})
  void findsTheProvidersOfTheLibrarysLoaderOnEveryThread(String context) throws Exception {
    assertThat(namesWith(loader(context))).containsExactly("own");
  }

  private @Nullable ClassLoader loader(String name) {
    return switch (name) {
      case "platform" -> ClassLoader.getPlatformClassLoader();
      case "system" -> ClassLoader.getSystemClassLoader();
      case "own" -> program;
      default -> null;
    };
  }

  @Test
  void findsTheProvidersOfTheContextAsWell() throws Exception {
    var urls = new URL[] {place(getClass(), Other.class)};
    try (var child = new URLClassLoader(urls, program)) {
      assertThat(namesWith(child)).containsExactlyInAnyOrder("own", "other");
    }
  }

  @Test
  void countsACopyOfAProviderOnce() throws Exception {
    var urls = new URL[] {place(getClass(), Own.class)};
    try (var child = new ChildFirst(urls, program)) {
      assertThat(namesWith(child)).containsExactly("own");
    }
  }

  /** A loader that looks for providers in its own folder first, as those of web applications do. */
  private static final class ChildFirst extends URLClassLoader {
    ChildFirst(URL[] urls, ClassLoader parent) {
      super(urls, parent);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.contains("LoadersTest$")) return super.loadClass(name, resolve);
      var loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
