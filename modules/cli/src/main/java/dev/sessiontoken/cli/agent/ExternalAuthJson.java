package dev.sessiontoken.cli.agent;

import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.Printable;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Writes the answer of {@code external-auth access-token --output json}. */
final class ExternalAuthJson {
  private ExternalAuthJson() {}

  /** Returns an object with the original's field names, and {@code expires_in} in seconds. */
  static String json(ExternalAuth.Linked linked, Instant now) {
    var account = Json.provider().createObjectBuilder();
    account.add("access_token", linked.accessToken());
    account.add("type", linked.type());
    account.add("url", "");
    account.add("username", linked.username());
    account.add("password", linked.password());
    linked
        .expiresAt()
        .ifPresent(expiry -> {
          account.add("expires_at", expiry.truncatedTo(ChronoUnit.SECONDS).toString());
          account.add("expires_in", Math.max(0, Duration.between(now, expiry).toSeconds()));
        });
    account.add("token_extra", linked.extra().map(JsonValue.class::cast).orElse(JsonValue.NULL));
    return Printable.json(account.build().toString()) + "\n";
  }

  /** Returns an object with the page at which the user must log in. */
  static String json(ExternalAuth.LoginRequired login) {
    var page = Json.provider().createObjectBuilder().add("url", login.url().toString());
    return Printable.json(page.build().toString()) + "\n";
  }
}
