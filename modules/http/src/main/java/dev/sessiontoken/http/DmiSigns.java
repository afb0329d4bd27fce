package dev.sessiontoken.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What shows in the DMI data of a machine that it belongs to a cloud; the values are those by which
 * cloud-init and systemd know the clouds.
 *
 * @param parts part of the content by name of the file; one of them suffices
 */
record DmiSigns(Map<String, String> parts) {
  private static final int MAX_BYTES = 256;

  /** Copies the map. */
  DmiSigns {
    parts = Map.copyOf(parts);
  }

  /** Returns whether the files of a folder show one of the signs. */
  boolean areIn(Path folder) {
    for (var part : parts.entrySet()) {
      if (text(folder.resolve(part.getKey())).contains(part.getValue())) return true;
    }
    return false;
  }

  private static String text(Path file) {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return ""; // no DMI data, as in some containers
    }
  }
}
