package dev.sessiontoken.testkit;

import dev.sessiontoken.discovery.ProviderIndex;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes jars of providers, to be dropped into an installation as {@code docs/providers.md}
 * describes.
 *
 * <p>The provider is compiled from source against the modules of the running test: the SPI, and if
 * they are there, HTTP, {@code jakarta.json} and JSpecify. It is the class {@code strange.Strange}
 * named {@code strange}, which gives the value of its option {@code t} as the token, until {@link
 * #members}, {@link #name}, {@link #obtain} or {@link #source} say otherwise. An instance makes one
 * jar. The jars can be read by everybody and written by their owner.
 */
public final class ProviderJar {
  private static final String SERVICES =
      "META-INF/services/" + SessionTokenProvider.class.getName();
  private static final String DESCRIPTOR = "module-info.java";

  /** What providers may need, by a part of the file's name. */
  private static final List<String> LIBRARIES =
      List.of("spi", "jspecify", "sessiontoken-http", "jakarta.json-api");

  private static final String STRANGE =
      """
      package strange;

      import dev.sessiontoken.spi.*;
      import java.util.*;

      public class Strange implements SessionTokenProvider {
        MEMBERS
        @Override public String name() { NAME }
        @Override public SessionToken obtain(ProviderContext context) throws SessionTokenException, InterruptedException { OBTAIN }
      }
      """;

  private final Path folder;
  private final Map<String, String> sources = new HashMap<>();
  private String members = "";
  private String name = "return \"strange\";";
  private String obtain = "return SessionToken.of(context.option(\"t\").orElse(\"none\"));";
  private List<String> options = List.of();

  /**
   * A jar to be made.
   *
   * @param folder for sources and classes, of this jar alone
   */
  public ProviderJar(Path folder) {
    this.folder = folder;
  }

  /**
   * Packs a provider that is compiled already, as an automatic module with this class alone and
   * with its index.
   *
   * @return the jar
   */
  public static Path pack(Path jar, SessionTokenProvider instance) throws IOException {
    var provider = instance.getClass();
    String entry = provider.getName().replace('.', '/') + ".class";
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var bytes = provider.getModule().getResourceAsStream(entry)) {
      if (bytes == null) throw new FileNotFoundException(entry);
      out.putNextEntry(new JarEntry(entry));
      bytes.transferTo(out);
      writeServices(out, provider.getName());
      out.putNextEntry(new JarEntry(ProviderIndex.RESOURCE));
      out.write(ProviderIndex.of(instance).getBytes(StandardCharsets.UTF_8));
    }
    return readable(jar);
  }

  /** Adds members to the class, as Java source. */
  public ProviderJar members(String code) {
    members = code;
    return this;
  }

  /** Replaces the body of {@code name()}, as Java source. */
  public ProviderJar name(String code) {
    name = code;
    return this;
  }

  /** Replaces the body of {@code obtain(ProviderContext context)}, as Java source. */
  public ProviderJar obtain(String code) {
    obtain = code;
    return this;
  }

  /**
   * Compiles this source instead of {@code strange.Strange}. May be called again for further files.
   *
   * @param file path below the source folder, such as {@code exiting/Exiting.java}
   */
  public ProviderJar source(String file, String code) {
    sources.put(file, code);
    return this;
  }

  /** Options for the compiler. */
  public ProviderJar options(String... more) {
    options = List.of(more);
    return this;
  }

  /**
   * Compiles the sources and writes an automatic module that names {@code strange.Strange} under
   * META-INF/services.
   *
   * @return the jar
   * @throws IOException if a file cannot be written
   * @throws IllegalStateException if the sources do not compile
   */
  public Path automatic(Path jar) throws IOException {
    return automatic(jar, "strange.Strange");
  }

  /**
   * Writes an automatic module.
   *
   * @param providers binary names of the classes to name under META-INF/services
   * @return the jar
   */
  public Path automatic(Path jar, String... providers) throws IOException {
    return write(jar, compile(""), providers);
  }

  /**
   * Writes a module with this text as {@code module-info.java}.
   *
   * @return the jar
   */
  public Path module(Path jar, String descriptor) throws IOException {
    return write(jar, compile(descriptor));
  }

  private Map<String, String> allSources(String descriptor) {
    var all = new HashMap<>(sources);
    if (sources.isEmpty()) all.put("strange/Strange.java", strange());
    if (!descriptor.isEmpty()) all.put(DESCRIPTOR, descriptor);
    return all;
  }

  private String strange() {
    return STRANGE.replace("MEMBERS", members).replace("NAME", name).replace("OBTAIN", obtain);
  }

  private Path compile(String descriptor) throws IOException {
    var classes = folder.resolve("classes");
    var command = new ArrayList<>(options);
    command.addAll(List.of("-d", classes.toString()));
    command.addAll(List.of(descriptor.isEmpty() ? "-cp" : "-p", libraries()));
    for (var source : allSources(descriptor).entrySet()) {
      var file = folder.resolve("sources").resolve(source.getKey());
      Files.createDirectories(file.resolveSibling(""));
      command.add(Files.writeString(file, source.getValue()).toString());
    }
    javac(command);
    return classes;
  }

  private static void javac(List<String> command) {
    var messages = new StringWriter();
    var out = new PrintWriter(messages);
    var javac = ToolProvider.findFirst("javac").orElseThrow();
    int status = javac.run(out, out, command.toArray(String[]::new));
    if (status != 0) throw new IllegalStateException("javac failed: " + messages);
  }

  /** The libraries of the running test, which are on its class path or on its module path. */
  private static String libraries() {
    return Stream.of("java.class.path", "jdk.module.path")
        .flatMap(path -> Stream.of(System.getProperty(path, "").split(File.pathSeparator, -1)))
        .filter(each -> LIBRARIES.stream().anyMatch(each::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Path write(Path jar, Path classes, String... providers) throws IOException {
    try (var out = new JarOutputStream(Files.newOutputStream(jar));
        var files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, out);
      }
      if (providers.length > 0) writeServices(out, providers);
    }
    return readable(jar);
  }

  private static void writeServices(JarOutputStream out, String... providers) throws IOException {
    out.putNextEntry(new JarEntry(SERVICES));
    out.write(String.join("\n", providers).getBytes(StandardCharsets.UTF_8));
  }

  private static Path readable(Path jar) throws IOException {
    return Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
  }
}
