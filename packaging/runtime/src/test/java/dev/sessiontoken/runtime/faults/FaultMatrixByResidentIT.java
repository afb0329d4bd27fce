package dev.sessiontoken.runtime.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.runtime.Image;
import dev.sessiontoken.runtime.resident.Resident;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Runs the rows of the fault matrix through a resident helper: the outcome must be the same. */
@TestInstance(Lifecycle.PER_CLASS)
class FaultMatrixByResidentIT extends FaultMatrixIT {
  private Resident resident;

  @Override
  Path program(Path folder) throws Exception {
    resident = Resident.start();
    String run = resident.environment(Map.of()).get("XDG_RUNTIME_DIR");
    var program = folder.resolve("coder");
    String script = "#!/bin/sh\nXDG_RUNTIME_DIR=" + run + " exec " + Image.program() + " \"$@\"\n";
    Files.writeString(program, script);
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    return program;
  }

  @Test
  void runsRowsInTheHelper() throws Exception {
    assertThat(resident.calls() + resident.status().getInt("sent_away")).isPositive();
  }

  @AfterAll
  void stopTheHelper() throws IOException {
    if (resident != null) resident.close();
  }
}
