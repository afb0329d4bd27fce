package dev.sessiontoken.cli.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnnamedFileTest {
  @TempDir Path folder;

  @BeforeEach
  void needLinux() {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/fd")), "there is no /proc");
  }

  @Test
  void isReadByOtherProcessesThroughItsPath() throws Exception {
    try (var file = UnnamedFile.holding("s3cr3t\n", List.of(folder))) {
      var cat = new ProcessBuilder("cat", file.path().toString()).start();
      assertThat(cat.getInputStream().readAllBytes()).asString().isEqualTo("s3cr3t\n");
    }
  }

  @Test
  void isReadableByTheUserOnly() throws Exception {
    try (var file = UnnamedFile.holding("s3cr3t", List.of(folder))) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void isInNoFolder() throws Exception {
    try (var file = UnnamedFile.holding("s3cr3t", List.of(folder))) {
      assertThat(file.path()).exists();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void isDeletedWhenItIsClosed() throws Exception {
    var file = UnnamedFile.holding("s3cr3t", List.of(folder));
    file.close();
    assertThat(file.path()).doesNotExist();
  }

  @Test
  void isInMemoryIfPossible() throws Exception {
    var memory = Path.of("/dev/shm");
    assumeTrue(Files.isWritable(memory), "there is no /dev/shm");
    var folders = List.of(Path.of("/no/such/folder"), Path.of("/proc/self"), memory, folder);
    try (var file = UnnamedFile.holding("s3cr3t", folders)) {
      assertThat(Files.readSymbolicLink(file.path()).toString()).startsWith("/dev/shm/coder-");
    }
  }
}
