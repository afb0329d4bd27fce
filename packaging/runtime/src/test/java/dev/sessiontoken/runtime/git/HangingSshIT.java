package dev.sessiontoken.runtime.git;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.runtime.Image;
import dev.sessiontoken.testkit.FakeCoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An ssh whose {@code -G} never ends, as with a {@code Match exec} that hangs. */
@Timeout(60)
class HangingSshIT {
  @TempDir Path folder;

  @Test
  void isEndedAtTheTimeLimitAndSshRunsAllTheSame() throws Exception {
    var ssh = folder.resolve("ssh");
    Files.writeString(
        ssh,
        """
        #!/bin/sh
        if [ "$1" = -G ]; then
          echo $$ >"$PIDS"
          while :; do sleep 600; done
        fi
        echo "ssh runs"
        exit 7
        """);
    Files.setPosixFilePermissions(ssh, PosixFilePermissions.fromString("rwxr-xr-x"));
    var pids = folder.resolve("pids");
    try (var coder = FakeCoder.start()) {
      var environment = new HashMap<String, String>();
      environment.put("CODER_AGENT_URL", coder.url().toString());
      environment.put("CODER_AGENT_TOKEN", coder.agentToken());
      environment.put("PATH", folder + ":/usr/bin:/bin");
      environment.put("HOME", folder.toString());
      environment.put("PIDS", pids.toString());
      var run = Image.run(environment, "--timeout", "3s", "gitssh", "--", "git@host.example", "x");
      assertThat(run.out()).isEqualTo("ssh runs\n");
      assertThat(run.status()).isEqualTo(7);
    }
    long left = Long.parseLong(Files.readString(pids).strip());
    assertThat(ProcessHandle.of(left).filter(ProcessHandle::isAlive)).isEmpty();
  }
}
