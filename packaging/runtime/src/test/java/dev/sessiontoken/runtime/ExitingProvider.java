package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;

/** Builds the module of a provider that calls {@code System.exit(0)} instead of obtaining. */
final class ExitingProvider {
  private static final String MODULE =
      """
      module exiting {
        requires dev.sessiontoken.spi;
        provides dev.sessiontoken.spi.SessionTokenProvider with exiting.Exiting;
      }
      """;

  private static final String PROVIDER =
      """
      package exiting;
      public class Exiting implements dev.sessiontoken.spi.SessionTokenProvider {
        public String name() { return "exiting"; }
        public dev.sessiontoken.spi.SessionToken obtain(dev.sessiontoken.spi.ProviderContext c) {
          System.out.println("a stray line");
          System.exit(0);
          return null;
        }
      }
      """;

  private ExitingProvider() {}

  /** The folder of the compiled module. */
  static Path build(Path folder) throws Exception {
    var sources = Files.createDirectories(folder.resolve("sources/exiting"));
    var module = Files.writeString(folder.resolve("sources/module-info.java"), MODULE);
    var provider = Files.writeString(sources.resolve("Exiting.java"), PROVIDER);
    var spi =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(each -> each.contains("spi") || each.contains("jspecify"))
            .collect(Collectors.joining(File.pathSeparator));
    var classes = folder.resolve("classes");
    int status =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "-p",
                spi,
                "-d",
                classes.toString(),
                module.toString(),
                provider.toString());
    assertThat(status).isZero();
    return classes;
  }
}
