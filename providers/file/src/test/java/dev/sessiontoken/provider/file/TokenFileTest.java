package dev.sessiontoken.provider.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.testkit.FixedContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenFileTest {
  private static final int KIB_64 = 64 * 1024;

  @TempDir Path folder;
  private final TokenFile provider = new TokenFile();

  private SessionToken obtain(String name) throws NotConfigured {
    return provider.obtain(new FixedContext(Map.of("agent-token-file", name)));
  }

  private Path file(byte[] content) throws IOException {
    return Files.write(folder.resolve("token"), content);
  }

  private Path file(String content) throws IOException {
    return file(content.getBytes(StandardCharsets.UTF_8));
  }

  private SessionToken read(String content) throws Exception {
    return obtain(file(content).toString());
  }

  private void refused(Path file, String problem) {
    refused(file.toString(), problem);
  }

  private void refused(String name, String problem) {
    assertThatThrownBy(() -> obtain(name))
        .isInstanceOf(NotConfigured.class)
        .hasMessage("read the token file " + name + ": " + problem)
        .satisfies(e -> assertThat(((NotConfigured) e).hint()).contains("CODER_AGENT_TOKEN_FILE"))
        .satisfies(e -> assertThat(String.valueOf(e.getCause())).doesNotContain("s3cr3t"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "abc",
        "abc\n",
        "abc\r\n",
        "  abc  ",
        "\n\n\tabc\r\n\r\n",
        "\u2003abc\u2028",
        "abc\f\u000b",
        "\ufeffabc\n",
        "\"abc\"\n",
        "CODER_AGENT_TOKEN=abc\n",
        "export CODER_AGENT_TOKEN='abc'\n"
      })
  void removesWhiteSpaceAroundTheToken(String content) throws Exception {
    assertThat(read(content)).isEqualTo(SessionToken.of("abc"));
  }

  @Test
  void describesItself() {
    assertThat(provider.name()).isEqualTo("token-file");
    assertThat(provider.renews()).isTrue();
    assertThat(provider.options())
        .extracting(ProviderOption::name, ProviderOption::variable, ProviderOption::secret)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                "agent-token-file", "CODER_AGENT_TOKEN_FILE", false));
  }

  @Test
  void reportsThatNoFileIsNamed() {
    assertThatThrownBy(() -> provider.obtain(new FixedContext(Map.of())))
        .isInstanceOf(NotConfigured.class)
        .hasMessage("read the token file: none is named");
    assertThatThrownBy(() -> obtain("")).hasMessage("read the token file: none is named");
  }

  @Test
  void reportsAMissingFile() {
    refused(folder.resolve("nope"), "there is no such file");
    refused(folder.resolve("no/such/folder"), "there is no such file");
  }

  @Test
  void reportsADirectory() {
    refused(folder, "it is a directory");
  }

  @Test
  void reportsAnUnreadableFile() throws Exception {
    refused(unreadable(), "this user may not read it");
  }

  /** A file that root cannot read either, if the machine has one; else a file of mode 000. */
  private Path unreadable() throws IOException {
    var writeOnly = Path.of("/proc/sys/vm/compact_memory");
    if (Files.exists(writeOnly) && isDenied(writeOnly)) return writeOnly;
    var file = file("s3cr3t");
    assumeTrue(file.toFile().setReadable(false) && isDenied(file), "this user reads everything");
    return file;
  }

  private static boolean isDenied(Path file) throws IOException {
    try {
      Files.newInputStream(file).close();
      return false;
    } catch (AccessDeniedException e) {
      return true;
    }
  }

  @Test
  void reportsAFailedRead() {
    var memory = Path.of("/proc/self/mem"); // its first page cannot be read
    assumeTrue(Files.isReadable(memory), "no /proc here");
    refused(memory, "it cannot be read");
  }

  @Test
  void reportsAnInvalidName() {
    refused("a\0b", "that is no file name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \t\r\n "})
  void reportsAnEmptyFile(String content) throws Exception {
    refused(file(content), "it is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"s3cr3t\ns3cr3t", "s3cr3t\r\n\r\ns3cr3t\n", "s3cr3t\rs3cr3t"})
  void reportsSeveralLines(String content) throws Exception {
    refused(file(content), "it has more than one line");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"s3cr3t s3cr3t", "s3cr3t\ufeff", "s3cr3té", "s3cr3t\u001b[2J", "TOKEN =s"})
  void reportsInvalidCharacters(String content) throws Exception {
    refused(file(content), "it holds white space or characters that no token has");
  }

  @Test
  void reportsABinaryFile() throws Exception {
    refused(file("s3cr3t\0"), "it is binary");
    refused(file(new byte[] {'s', '3', 'c', (byte) 0xff}), "it is binary: no UTF-8 text");
    refused(file(new byte[] {(byte) 0xc3}), "it is binary: no UTF-8 text");
    refused(file("s3cr3t".getBytes(StandardCharsets.UTF_16LE)), "it is binary");
  }

  @Test
  void reportsAFileThatIsTooLarge() throws Exception {
    refused(file("s".repeat(KIB_64 + 1)), "it is larger than 64 KiB");
    refused(file(" ".repeat(KIB_64) + "s3cr3t"), "it is larger than 64 KiB");
    refused(Path.of("/dev/zero"), "it is larger than 64 KiB");
  }

  @Test
  void readsUpToSixtyFourKibibytes() throws Exception {
    assertThat(read(" ".repeat(KIB_64 - 3) + "abc")).isEqualTo(SessionToken.of("abc"));
    assertThat(read("a".repeat(KIB_64)).value()).hasSize(KIB_64);
  }

  @Test
  void readsARotatedFile() throws Exception {
    assertThat(read("first")).isEqualTo(SessionToken.of("first"));
    assertThat(read("second")).isEqualTo(SessionToken.of("second"));
  }

  @Test
  void followsASymbolicLink() throws Exception {
    var link = Files.createSymbolicLink(folder.resolve("link"), file("abc"));
    assertThat(obtain(link.toString())).isEqualTo(SessionToken.of("abc"));
  }

  @Test
  void saysThatItIsALineOfAnotherVariable() throws Exception {
    refused(file("GITHUB_TOKEN=s3cr3t\n"), "it is a line NAME=VALUE of another variable");
  }
}
