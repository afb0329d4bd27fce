package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls whose first word is no command go to the next {@code coder} in the path. */
class NextCoderIT {
  @TempDir private Path folder;

  private Path other;

  @BeforeEach
  void writeOther() throws Exception {
    other = program("other", "printf '%s,' other \"$@\"; exit 42");
  }

  private Path program(String name, String script) throws Exception {
    var file = Files.createDirectories(folder.resolve(name)).resolve("coder");
    Files.writeString(file, "#!/bin/sh\n" + script + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
    return file;
  }

  private Image.Result call(String path, String... args) throws Exception {
    var line = new ArrayList<>(List.of(Image.program().toString()));
    line.addAll(List.of(args));
    return Image.run(line, Map.of("PATH", path));
  }

  private String path() {
    return Image.program().getParent() + "::/nowhere:" + other.getParent() + ":" + Programs.PATH;
  }

  @ParameterizedTest
  @ValueSource(strings = {"stat mem", "ssh -v x --", "login", "help", "externalauth", "x*"})
  void getsOtherWords(String line) throws Exception {
    var args = line.split(" ", -1);
    assertThat(call(path(), args))
        .isEqualTo(new Image.Result(42, "other," + String.join(",", args) + ",", ""));
  }

  @Test
  void getsNoWordOfACommand() throws Exception {
    var words =
        Image.run(Map.of(), "--help")
            .out()
            .lines()
            .filter(line -> line.matches("  [a-z].*"))
            .toList();
    assertThat(words).hasSizeGreaterThan(20);
    for (String each : words) {
      String first = each.strip().split(" ", -1)[0];
      var result = call(path(), first, "--help");
      assertThat(result.out()).as(first).startsWith("Usage: coder " + first);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "version", "-v", "", "Username for 'https://h': "})
  void getsNoFlagsAndNoQuestions(String first) throws Exception {
    assertThat(call(path(), first).out()).doesNotContain("other,");
  }

  @Test
  void isNamedByTheVersion() throws Exception {
    assertThat(call(path(), "version", "-v").err()).contains("other words go to " + other);
  }

  @Test
  void isMissing() throws Exception {
    var result = call(Image.program().getParent() + ":" + Programs.PATH, "stat");
    assertThat(result.err()).startsWith("coder: unknown command \"stat\"").hasLineCount(1);
    assertThat(result.status()).isEqualTo(2);
  }

  @Test
  void isNotThisProgramByAnotherName() throws Exception {
    var links = Files.createDirectory(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("coder"), Image.program());
    var copy = new Launcher(folder.resolve("copy")).image().resolve("bin");
    String path = links + ":" + copy + ":" + path();
    assertThat(call(path, "stat").out()).isEqualTo("other,stat,");
    assertThat(
            Image.run(List.of(links.resolve("coder").toString(), "stat"), Map.of("PATH", path))
                .out())
        .isEqualTo("other,stat,");
  }

  @Test
  void mayCallThisProgramAgainWithoutALoop() throws Exception {
    var wrapper = program("wrapper", Image.program() + " \"$@\"");
    var result = call(wrapper.getParent() + ":" + Programs.PATH, "stat");
    assertThat(result.err()).startsWith("coder: unknown command \"stat\"");
    assertThat(result.status()).isEqualTo(2);
  }
}
