package dev.sessiontoken.resident;

import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The state of the helper.
 *
 * @param pid id of the process
 * @param image id of the image
 * @param age time since the start
 * @param calls commands that were run
 * @param sentAway commands that clients had to run by themselves
 * @param open connections with clients
 * @param kept connections with deployments that wait for further calls
 */
record Status(long pid, String image, Duration age, long calls, long sentAway, int open, int kept) {
  private static final Path MEMORY = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  /** Returns one line of JSON. */
  String json() {
    var json = JsonProvider.provider().createObjectBuilder();
    json.add("pid", pid);
    json.add("image", image);
    json.add("age_seconds", age.toSeconds());
    json.add("calls", calls);
    json.add("sent_away", sentAway);
    json.add("clients", open);
    json.add("connections", kept);
    json.add("memory_kib", memory());
    return json.build().toString();
  }

  /** Returns what proc_pid_status(5) gives; 0 if it cannot be read. */
  private static long memory() {
    try {
      for (var line : Files.readAllLines(MEMORY)) {
        if (!line.startsWith(RESIDENT)) continue;
        String amount = line.substring(RESIDENT.length()).replace("kB", "").strip();
        return Long.parseLong(amount);
      }
      return 0;
    } catch (IOException | NumberFormatException e) {
      return 0;
    }
  }
}
