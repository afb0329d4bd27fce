package dev.sessiontoken.cli.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaceTest {
  @TempDir private Path image;

  @BeforeEach
  void makeImage() throws Exception {
    var client =
        Files.createFile(Files.createDirectory(image.resolve("bin")).resolve("coder-warm"));
    Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.writeString(Files.createDirectory(image.resolve("lib")).resolve("image-id"), "abc\n");
  }

  @Test
  void isInTheFolderForRunTimeFilesOrInTheCache() throws Exception {
    var both = Map.of("XDG_RUNTIME_DIR", "/run/user/1", "HOME", "/home/u");
    assertThat(Place.of(image, both).socket())
        .isEqualTo(Path.of("/run/user/1/sessiontoken/abc.sock"));
    assertThat(Place.of(image, Map.of("XDG_RUNTIME_DIR", "", "HOME", "/home/u")).socket())
        .isEqualTo(Path.of("/home/u/.cache/sessiontoken/run/abc.sock"));
  }

  @Test
  void isNoneWithoutAnAbsoluteFolder() {
    for (var environment :
        List.of(
            Map.<String, String>of(),
            Map.of("HOME", "u"),
            Map.of("XDG_RUNTIME_DIR", "run", "HOME", "/home/u"))) {
      assertThatThrownBy(() -> Place.of(image, environment)).isInstanceOf(NotConfigured.class);
    }
  }

  @Test
  void isNoneIfThePathIsTooLongForASocket() {
    var environment = Map.of("HOME", "/" + "ä".repeat(45));
    assertThatThrownBy(() -> Place.of(image, environment)).hasMessageContaining("too long");
  }

  @Test
  void saysThatTheImageHasNoClient() throws Exception {
    Files.delete(image.resolve("bin/coder-warm"));
    assertThatThrownBy(() -> Place.of(image, Map.of("HOME", "/home/u")))
        .isInstanceOf(NotConfigured.class)
        .hasMessageContaining("bin/coder-warm is missing");
  }

  @Test
  void createsAFolderForTheUserAlone() throws Exception {
    var place = new Place("abc", image.resolve("a/b"));
    place.prepare();
    place.prepare();
    assertThat(Files.getPosixFilePermissions(place.folder()))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }
}
