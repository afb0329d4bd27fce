package dev.sessiontoken.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.discovery.Ownership.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnershipTest {
  private static final int US = 1000;
  private static final int ANOTHER = 1001;
  private static final Path JAR = Path.of("/home/us/providers/a.jar");

  private final Map<Path, Status> files = new HashMap<>();
  private final Ownership ownership =
      new Ownership(
          new Ownership.FileSystemStatus() {
            @Override
            public Status of(Path path) {
              return files.getOrDefault(path, new Status(0, 0755));
            }

            @Override
            public int user() {
              return US;
            }
          });

  private void is(String path, int user, int mode) {
    files.put(Path.of(path), new Status(user, mode));
  }

  private void accepted() {
    assertThatCode(() -> ownership.checkWithParents(JAR)).doesNotThrowAnyException();
  }

  private void refused(String problem) {
    assertThatThrownBy(() -> ownership.checkWithParents(JAR)).hasMessage(problem);
  }

  @Test
  void filesOfThisUserAndRootAreAccepted() {
    accepted();
    is("/home/us", US, 0700);
    is("/home/us/providers", US, 0755);
    is("/home/us/providers/a.jar", US, 0644);
    accepted();
  }

  @Test
  void aJarOfAnotherUserIsRefused() {
    is("/home/us/providers/a.jar", ANOTHER, 0644);
    refused("a.jar belongs to user 1001, not to you or root: chown a.jar");
  }

  @Test
  void aFolderOfAnotherUserAboveIsRefused() {
    is("/home/us", ANOTHER, 0755);
    refused("/home/us belongs to user 1001, not to you or root: chown /home/us");
  }

  @Test
  void aFolderAboveThatOthersMayWriteToIsRefused() {
    is("/home", 0, 0775);
    refused("/home may be written to by others: chmod go-w /home");
  }

  @Test
  void aStickyFolderAboveIsAccepted() {
    is("/home", 0, 01777);
    accepted();
  }

  @Test
  void aStickyFolderOfAnotherUserIsRefused() {
    is("/home", ANOTHER, 01777);
    refused("/home belongs to user 1001, not to you or root: chown /home");
  }

  @Test
  void theStickyBitDoesNotAllowAWritableJar() {
    is("/home/us/providers/a.jar", US, 01666);
    refused("a.jar may be written to by others: chmod go-w a.jar");
  }

  @Test
  void aFolderIsPrivateIfOthersCanNeitherReadNorWrite() {
    is("/home/us/providers/a.jar", US, 0700);
    assertThat(ownership.isPrivate(JAR)).isTrue();
    is("/home/us/providers/a.jar", US, 0750);
    assertThat(ownership.isPrivate(JAR)).isFalse();
    is("/home/us/providers/a.jar", 0, 0700);
    assertThat(ownership.isPrivate(JAR)).isFalse();
  }

  @Test
  void theFileSystemReportsOwnersAndModes(@TempDir Path folder) throws IOException {
    var file = Files.createFile(folder.resolve("file"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    var system = Ownership.ofThisSystem().system();
    assertThat(system.of(file).user()).isEqualTo(system.user());
    assertThat(system.of(file).mode() & 0777).isEqualTo(0640);
  }
}
