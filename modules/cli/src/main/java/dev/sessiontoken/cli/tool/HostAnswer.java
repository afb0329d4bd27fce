package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.spi.Printable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/** The answer to a tool that asks for the login at a host. */
sealed interface HostAnswer {

  /**
   * User name and token.
   *
   * @param username printable and never empty
   * @param token printable and never empty
   * @param expiry when the token expires; empty if the deployment does not say
   * @param isBearer whether the hosts map asks for {@code Bearer}
   */
  record Login(String username, String token, Optional<Instant> expiry, boolean isBearer)
      implements HostAnswer {

    /** Returns the value of an Authorization header: Basic, unless the map asks for Bearer. */
    String authorization() {
      if (isBearer) return "Bearer " + token;
      byte[] pair = (username + ":" + token).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "Login[expiry=" + expiry + "]";
    }
  }

  /**
   * The user must log in first.
   *
   * @param page where the user logs in
   */
  record LoginDue(URI page) implements HostAnswer {
    private static final int FAILED = 1;

    /** Returns the message for the user, one line without line end. */
    String message() {
      return "coder: log in first: " + Printable.of(page.toString());
    }

    /** Writes the message to standard error; returns a failure with empty standard output. */
    Outcome outcome(Invocation invocation) {
      invocation.tell(message());
      return new Outcome(FAILED, "");
    }
  }

  /** The hosts map names no provider for the host, or no token may be sent there. */
  record None() implements HostAnswer {}
}
