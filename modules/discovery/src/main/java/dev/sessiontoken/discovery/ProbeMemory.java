package dev.sessiontoken.discovery;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Remembers what a {@link ProviderProbe} found, by the content of the jars: one file for each in a
 * folder that is this user's alone. Whatever cannot be read or written is not remembered.
 *
 * @param folder where the files are; created when it is needed
 * @param ownership says whether the folder is this user's alone
 */
record ProbeMemory(Path folder, Ownership ownership) {
  private static final String FORMAT = "sessiontoken providers 1";

  /**
   * Returns what was found in these jars before.
   *
   * @param place where they are now
   * @return empty if nothing is remembered or the folder cannot be trusted
   */
  Optional<Installation> recall(Path place, List<Path> jars) {
    try {
      if (!isUsable()) return Optional.empty();
      var file = folder.resolve(key(jars));
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) return Optional.empty();
      try (var in = Files.newInputStream(file)) {
        var text = new String(in.readNBytes(ProviderIndex.MAX_BYTES), StandardCharsets.UTF_8);
        return Optional.of(Installation.parse(place, text));
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Remembers what was found in these jars. */
  void keep(List<Path> jars, Installation found) {
    try {
      create(folder);
      if (!isUsable()) return;
      var file = Files.createTempFile(folder, "new", ""); // readable for this user only
      Files.writeString(file, found.text());
      Files.move(file, folder.resolve(key(jars)), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | UnsupportedOperationException e) {
      return; // asked again next time
    }
  }

  private static void create(Path folder) throws IOException {
    if (Files.exists(folder)) return;
    var own = PosixFilePermissions.fromString("rwx------");
    Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(own));
  }

  private boolean isUsable() throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
        && ownership.isPrivate(folder.toRealPath());
  }

  /** The hash of names and contents: another jar, or another set of jars, is asked anew. */
  private static String key(List<Path> jars) throws IOException {
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      hash.update(FORMAT.getBytes(StandardCharsets.UTF_8));
      for (var jar : jars) {
        String header = "\n" + jar.getFileName() + "\n" + Files.size(jar) + "\n";
        hash.update(header.getBytes(StandardCharsets.UTF_8));
        try (var in = new DigestInputStream(Files.newInputStream(jar), hash)) {
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
      return HexFormat.of().formatHex(hash.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has SHA-256
    }
  }
}
