package dev.sessiontoken.runtime.resident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sessiontoken.runtime.Image;
import dev.sessiontoken.runtime.Programs;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A resident helper of the built image, with a folder of its own: calls go through it if they have
 * the environment that {@link #environment} returns.
 */
public final class Resident implements AutoCloseable {
  private final Path folder;
  private final Map<String, String> own;

  private Resident(Path folder) {
    this.folder = folder;
    this.own = Map.of("XDG_RUNTIME_DIR", folder.toString(), "PATH", Programs.PATH);
  }

  /** Starts one; skips the test if the image was built without the client. */
  public static Resident start() throws Exception {
    var resident = notStarted();
    var started = resident.run("resident", "start");
    assertThat(started).isEqualTo(new Image.Result(0, "", ""));
    return resident;
  }

  /** As {@link #start}, without the process. */
  public static Resident notStarted() throws IOException {
    need();
    return new Resident(Files.createTempDirectory("warm"));
  }

  /** Skips the test if the image was built without the client. */
  public static void need() {
    var client = Image.folder().resolve("bin/coder-warm");
    assumeTrue(Files.exists(client), "the image has no client of the resident helper (cc)");
  }

  /** Returns the variables of a call, with those by which it finds the helper. */
  public Map<String, String> environment(Map<String, String> environment) {
    var more = new HashMap<>(environment);
    more.putAll(own);
    return more;
  }

  /** Runs the program so that it finds the helper. */
  public Image.Result run(String... args) throws Exception {
    return Image.run(own, args);
  }

  /** Returns what {@code resident status} shows. */
  public JsonObject status() throws Exception {
    var status = run("resident", "status", "--output", "json");
    assertThat(status.status()).as(status.err()).isZero();
    try (var reader = Json.createReader(new StringReader(status.out()))) {
      return reader.readObject();
    }
  }

  public long pid() throws Exception {
    return status().getJsonNumber("pid").longValueExact();
  }

  /** Returns how many calls the helper has answered. */
  public int calls() throws Exception {
    return status().getInt("calls");
  }

  /** Sends a signal to the helper. */
  public void signal(String name, long pid) throws Exception {
    Programs.run("kill", "-s", name, String.valueOf(pid));
  }

  Path socket() throws IOException {
    String id = Files.readString(Image.folder().resolve("lib/image-id")).strip();
    return folder.resolve("sessiontoken").resolve(id + ".sock");
  }

  @Override
  public void close() throws IOException {
    try {
      run("resident", "stop");
    } catch (Exception e) { // an interrupt as well: the test has failed then
      throw new IOException(e);
    }
    Files.deleteIfExists(folder.resolve("sessiontoken"));
    Files.deleteIfExists(folder);
  }
}
