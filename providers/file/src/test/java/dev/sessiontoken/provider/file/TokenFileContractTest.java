package dev.sessiontoken.provider.file;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionTokenProvider;
import dev.sessiontoken.testkit.FixedContext;
import dev.sessiontoken.testkit.ProviderContractTest;
import dev.sessiontoken.testkit.Situation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

class TokenFileContractTest extends ProviderContractTest {
  @TempDir Path folder;

  @Override
  protected SessionTokenProvider provider() {
    return new TokenFile();
  }

  private ProviderContext reading(String name, String content) {
    try {
      var file = Files.writeString(folder.resolve(name), content);
      return new FixedContext(Map.of("agent-token-file", file.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  protected ProviderContext works() {
    return reading("token", "s3cr3t\n");
  }

  @Override
  protected Situation notConfigured() {
    return Situation.in(reading("two-lines", "s3cr3t\ns3cr3t\n"));
  }

  @Override
  protected Situation refused() {
    return Situation.doesNotApply("it sends no request");
  }

  @Override
  protected Situation silent() {
    return Situation.doesNotApply("reading a file cannot be interrupted");
  }

  @Override
  protected Set<String> secrets() {
    return Set.of("s3cr3t");
  }
}
