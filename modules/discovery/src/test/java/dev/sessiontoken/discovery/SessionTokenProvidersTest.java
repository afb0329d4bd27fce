package dev.sessiontoken.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionTokenProvidersTest {
  private static final String SERVICE = "META-INF/services/" + SessionTokenProvider.class.getName();

  @TempDir Path folder;

  /** A provider of a jar on the class path. */
  public static class One implements SessionTokenProvider {
    @Override
    public String name() {
      return "one";
    }

    @Override
    public SessionToken obtain(ProviderContext context) {
      return SessionToken.of("one");
    }
  }

  /** Another provider of the same name. */
  public static final class Twin extends One {}

  /** A provider of another name. */
  public static final class Two extends One {
    @Override
    public String name() {
      return "two";
    }
  }

  /** A loader of a jar with these classes, listed as services. */
  private URLClassLoader jar(String name, Class<?>... providers) throws IOException {
    var root = Files.createDirectories(folder.resolve(name));
    var list = new StringBuilder();
    for (var each : new Class<?>[] {One.class, Twin.class, Two.class}) {
      var path = each.getName().replace('.', '/') + ".class";
      try (var bytes = getClass().getClassLoader().getResourceAsStream(path)) {
        Files.createDirectories(root.resolve(path).getParent());
        Files.write(root.resolve(path), bytes.readAllBytes());
      }
    }
    for (var each : providers) list.append(each.getName()).append('\n');
    Files.createDirectories(root.resolve(SERVICE).getParent());
    Files.writeString(root.resolve(SERVICE), list);
    return new OwnClasses(root.toUri().toURL());
  }

  /** Loads classes of this test itself: those of its parent are in a named module. */
  private static final class OwnClasses extends URLClassLoader {
    OwnClasses(URL url) {
      super(new URL[] {url}, SessionTokenProvider.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.contains("SessionTokenProvidersTest$")) return super.loadClass(name, resolve);
      var loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  private static <T> T with(ClassLoader loader, Callable<T> call) throws Exception {
    var thread = Thread.currentThread();
    var before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return call.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Test
  void findsAProviderByItsName() throws Exception {
    try (var jar = jar("jar", One.class, Two.class)) {
      var found = with(jar, () -> SessionTokenProviders.named("two"));
      assertThat(found).map(SessionTokenProvider::name).contains("two");
    }
  }

  @Test
  void listsAll() throws Exception {
    try (var jar = jar("jar", One.class, Two.class)) {
      assertThat(with(jar, SessionTokenProviders::all))
          .extracting(SessionTokenProvider::name)
          .containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void findsNoneOfAnUnknownName() throws Exception {
    try (var jar = jar("jar", One.class)) {
      assertThat(with(jar, () -> SessionTokenProviders.named("ONE"))).isEmpty();
      assertThat(with(jar, () -> SessionTokenProviders.named(""))).isEmpty();
    }
  }

  @Test
  void requiresAProviderThatIsThere() throws Exception {
    try (var jar = jar("jar", One.class)) {
      assertThat(with(jar, () -> SessionTokenProviders.require("one").name())).isEqualTo("one");
    }
  }

  @Test
  void namesTheArtifactThatBringsARequiredProvider() throws Exception {
    try (var jar = jar("jar", Two.class, One.class)) {
      assertThatThrownBy(
              () -> with(jar, () -> SessionTokenProviders.require("aws-instance-identity")))
          .isInstanceOf(NotConfigured.class)
          .hasMessage(
              "look up the provider aws-instance-identity: no jar on the class path or module path"
                  + " brings it; present: one, two")
          .extracting(e -> ((NotConfigured) e).hint())
          .isEqualTo("add the artifact dev.sessiontoken:sessiontoken-provider-aws");
    }
  }

  @Test
  void listsTheArtifactsWhereTheNameIsUnknown() {
    assertThatThrownBy(() -> SessionTokenProviders.require("aws"))
        .isInstanceOf(NotConfigured.class)
        .hasMessageEndingWith("; present: none")
        .extracting(e -> ((NotConfigured) e).hint())
        .asString()
        .contains("aws-instance-identity in dev.sessiontoken:sessiontoken-provider-aws");
  }

  @Test
  void searchesAgainInEachCall() throws Exception {
    try (var jar = jar("jar", One.class)) {
      assertThat(with(jar, () -> SessionTokenProviders.named("one"))).isPresent();
    }
    assertThat(SessionTokenProviders.named("one")).isEmpty();
  }

  @Test
  void refusesTwoOfOneNameAndNamesTheOriginOfBoth() throws Exception {
    try (var parent = jar("jar-a", One.class);
        var child = new Both(parent, jar("jar-b", Twin.class))) {
      assertThatThrownBy(() -> with(child, () -> SessionTokenProviders.named("one")))
          .isInstanceOf(NotConfigured.class)
          .hasMessageStartingWith("look up the provider one: two are installed: ")
          .hasMessageContaining("/jar-a/")
          .hasMessageContaining("/jar-b/")
          .extracting(e -> ((NotConfigured) e).hint())
          .isEqualTo("remove one of them");
    }
  }

  @Test
  void twoOfOneNameDoNotAffectTheOthers() throws Exception {
    try (var jar = jar("jar", One.class, Twin.class, Two.class)) {
      assertThat(with(jar, () -> SessionTokenProviders.named("two"))).isPresent();
    }
  }

  @Test
  void describesModuleAndOrigin() {
    assertThat(SessionTokenProviders.origin(new One()))
        .startsWith("dev.sessiontoken.discovery in file:");
  }

  @Test
  void writesTheIndexBesideTheClasses() throws Exception {
    try (var jar = jar("jar", One.class, Two.class)) {
      with(jar, () -> writeBeside(jar.loadClass(Two.class.getName())));
    }
    assertThat(folder.resolve("jar").resolve(ProviderIndex.RESOURCE))
        .content()
        .isEqualTo("one=%s\ntwo=%s\n".formatted(One.class.getName(), Two.class.getName()));
  }

  private static boolean writeBeside(Class<?> provider) throws IOException {
    ProviderIndex.writeBeside(provider);
    return true;
  }

  /** A loader of two jars. */
  private static final class Both extends URLClassLoader {
    private final URLClassLoader other;

    Both(URLClassLoader parent, URLClassLoader other) {
      super(new URL[0], parent);
      this.other = other;
    }

    @Override
    public java.util.Enumeration<URL> findResources(String name) throws IOException {
      return other.findResources(name);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      return name.endsWith("$Twin") ? other.loadClass(name) : super.loadClass(name, resolve);
    }

    @Override
    public void close() throws IOException {
      other.close();
      super.close();
    }
  }
}
