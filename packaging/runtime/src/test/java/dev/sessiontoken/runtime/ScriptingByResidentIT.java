package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.runtime.resident.Resident;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The tests of {@link ScriptingIT}, with calls that a resident helper answers. */
class ScriptingByResidentIT extends ScriptingIT {
  private static Resident resident;

  @BeforeAll
  static void start() throws Exception {
    resident = Resident.start();
  }

  @Override
  Map<String, String> found(Map<String, String> environment) {
    return resident.environment(environment);
  }

  @AfterAll
  static void wasUsed() throws Exception {
    if (resident == null) return; // skipped
    try {
      assertThat(resident.calls()).isPositive();
    } finally {
      resident.close();
    }
  }
}
