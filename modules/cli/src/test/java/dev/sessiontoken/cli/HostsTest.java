package dev.sessiontoken.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The hosts map: how it is read, shown and changed. */
class HostsTest extends ProgramTest {
  @TempDir Path config;

  private Path file() {
    return config.resolve("coder/hosts");
  }

  private void write(String text) throws Exception {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), text);
  }

  private Ended coder(Map<String, String> more, String... args) {
    var environment = new HashMap<>(more);
    environment.put("XDG_CONFIG_HOME", config.toString());
    return run(environment, args);
  }

  private Ended setup(String... args) {
    var line = new ArrayList<>(List.of("setup", "host"));
    line.addAll(List.of(args));
    return coder(Map.of(), line.toArray(String[]::new));
  }

  @Nested
  class Shown {

    @Test
    void isEachLineWithItsPlace() throws Exception {
      write("# mine\n\nGHCR.io:443/Org  github\tuser=me header=Bearer # why\r\nghcr.io hub#1\n");
      assertThat(coder(Map.of(), "hosts"))
          .isEqualTo(
              new Ended(
                  0,
                  "ghcr.io/Org github user=me header=Bearer  # "
                      + file()
                      + ":3\nghcr.io hub#1  # "
                      + file()
                      + ":4\n",
                  ""));
    }

    @Test
    void isWhatTheVariableSaysFirst() throws Exception {
      write("ghcr.io/a mine\n");
      var run = coder(Map.of("CODER_HOSTS", "ghcr.io github;h:5000 p\n"), "hosts");
      assertThat(run.out())
          .isEqualTo(
              "ghcr.io github  # CODER_HOSTS:1\nh:5000 p  # CODER_HOSTS:2\nghcr.io/a mine  # "
                  + file()
                  + ":1, not used: CODER_HOSTS:1 comes first\n");
    }

    @Test
    void isAListOfObjects() {
      var run = coder(Map.of("CODER_HOSTS", "ghcr.io github user=@sub"), "hosts", "--output=json");
      assertThat(run.out())
          .isEqualTo(
              "[{\"host\":\"ghcr.io\",\"path\":\"\",\"provider\":\"github\",\"user\":\"@sub\","
                  + "\"header\":\"\",\"source\":\"CODER_HOSTS\",\"line\":1,\"used\":true}]\n");
    }

    @Test
    void isReadFromTheFileThatTheVariableNames() throws Exception {
      var other = Files.writeString(config.resolve("other"), "h p\n");
      var run = coder(Map.of("CODER_HOSTS", other.toString()), "hosts");
      assertThat(run.out()).isEqualTo("h p  # " + other + ":1\n");
    }

    @Test
    void isNothingWithoutFiles() {
      var run = run(Map.of("HOME", "relative"), "hosts");
      assertThat(run.out()).isEmpty();
      assertThat(run.status()).isZero();
    }
  }

  @Nested
  class Refused {

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "ghcr.io|1:8|the provider is missing",
          "https://ghcr.io p|1:1|a host has no scheme",
          "me@ghcr.io p|1:1|this is no host",
          "gh_cr..io:x p|1:1|this is no host",
          "h p user=|1:5|the user name is empty",
          "h p user=@me|1:5|only @sub is known",
          "h p user=a user=b|1:12|unknown or repeated word",
          "h p header=Basic|1:5|unknown or repeated word"
        })
    void areWrongLinesWithLineAndColumn(String line, String place, String problem) {
      failed(
          coder(Map.of("CODER_HOSTS", line), "hosts"), 3, "CODER_HOSTS:" + place + ": ", problem);
    }

    @Test
    void areControlCharactersAndOtherEncodings() throws Exception {
      write("h p\nh \033[2Jx\n");
      failed(coder(Map.of(), "hosts"), 3, file() + ":2:3: a control character");
      Files.write(file(), new byte[] {'h', ' ', (byte) 0xff});
      failed(coder(Map.of(), "hosts"), 3, file() + ":1:3: a control character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-rw-r--", "rw-r--rw-"})
    void areFilesThatOthersMayWriteTo(String mode) throws Exception {
      write("h p\n");
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));
      failed(coder(Map.of(), "hosts"), 3, file() + ": hosts may be written to by others");
      failed(setup("h", "p"), 3, "may be written to by others");
    }

    @Test
    void areFilesBelowAFolderOfOthers() throws Exception {
      write("h p\n");
      Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rwxrwxrwx"));
      failed(coder(Map.of(), "hosts"), 3, "may be written to by others");
    }

    @Test
    void areFoldersAndHugeFiles() throws Exception {
      Files.createDirectories(file());
      failed(coder(Map.of(), "hosts"), 3, "no regular file");
      Files.delete(file());
      write("#".repeat(2 << 20));
      failed(coder(Map.of(), "hosts"), 3, "longer than 1 MiB");
    }
  }

  @Nested
  class Setup {

    @Test
    void addsALineOnce() throws Exception {
      String line = file() + ": ghcr.io github user=me\n";
      assertThat(setup("ghcr.io", "github", "--user", "me", "--dry-run").out())
          .isEqualTo("would add: " + line);
      assertThat(file()).doesNotExist();
      assertThat(setup("https://ghcr.io/", "github", "--user", "me"))
          .isEqualTo(new Ended(0, "added: " + line, ""));
      assertThat(setup("ghcr.io", "github", "--user", "me").out())
          .isEqualTo("is there already: " + line);
      assertThat(file()).hasContent("ghcr.io github user=me\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-------");
    }

    @Test
    void keepsCommentsOtherLinesAndMode() throws Exception {
      write("# mine\nghcr.io old # why\nh p");
      Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
      assertThat(setup("ghcr.io", "github").out()).startsWith("changed: ");
      assertThat(file()).hasContent("# mine\nghcr.io github # why\nh p\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
          .isEqualTo("rw-r--r--");
      assertThat(setup("--undo", "ghcr.io").out()).startsWith("removed: ");
      assertThat(setup("--undo", "ghcr.io").out()).isEqualTo("is not there: ghcr.io\n");
      assertThat(file()).hasContent("# mine\nh p\n");
    }

    @Test
    void putsALineBeforeTheOneThatWouldHoldFirst() throws Exception {
      write("# a\nghcr.io github\n");
      setup("ghcr.io/org", "other");
      assertThat(file()).hasContent("# a\nghcr.io/org other\nghcr.io github\n");
    }

    @Test
    void replacesTheTargetOfALink() throws Exception {
      var target = Files.writeString(config.resolve("target"), "h p\n");
      Files.createDirectories(file().getParent());
      Files.createSymbolicLink(file(), target);
      setup("ghcr.io", "github");
      assertThat(file()).isSymbolicLink();
      assertThat(target).hasContent("h p\nghcr.io github\n");
    }

    @Test
    void saysWhichLineComesFirst() {
      var run = coder(Map.of("CODER_HOSTS", "ghcr.io x"), "setup", "host", "ghcr.io", "github");
      assertThat(run.err()).isEqualTo("coder: not used: CODER_HOSTS:1 comes first\n");
    }

    @Test
    void changesNoFileWithAWrongLine() throws Exception {
      write("nonsense\n");
      failed(setup("ghcr.io", "github"), 3, file() + ":1:9");
      assertThat(file()).hasContent("nonsense\n");
    }

    @ParameterizedTest
    @CsvSource({
      "me@ghcr.io,p",
      "gh cr.io,p",
      "'',p",
      "ghcr.io,''",
      "ghcr.io,a b",
      "ghcr.io,#a",
      "ftp://h,p"
    })
    void refusesWhatIsNoHostOrProvider(String host, String provider) {
      var run = setup(host, provider);
      misused(run, "");
      assertThat(file()).doesNotExist();
    }

    @Test
    void needsHostAndProvider() {
      misused(setup("ghcr.io"), "setup host takes one argument");
      misused(setup(), "setup host takes one argument");
    }
  }
}
