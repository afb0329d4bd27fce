package dev.sessiontoken.runtime;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
  static Path build(Path folder) throws IOException {
    var sources = Map.of("module-info.java", MODULE, "exiting/Exiting.java", PROVIDER);
    return Javac.compile(folder, sources, List.of());
  }
}
