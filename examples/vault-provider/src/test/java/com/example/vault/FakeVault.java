package com.example.vault;

import dev.sessiontoken.testkit.FakeService;
import dev.sessiontoken.testkit.FakeService.Answer;
import dev.sessiontoken.testkit.Fault;
import dev.sessiontoken.testkit.SeenRequest;
import java.util.Map;

/** A Vault on loopback with one role and one secret; it refuses requests of another form. */
final class FakeVault implements AutoCloseable {
  static final String SECRET_ID = "841771dc-11c9-bbc7-bcac-6a3945a69cd9";

  private static final String PASS = "hvs.5b1bb55b-f5a2-4d46-9d5e-8a5f1d9c40a1";

  private final FakeService service;
  private final String token;

  private FakeVault(FakeService service, String token) {
    this.token = token;
    this.service =
        service
            .on("POST", "/v1/auth/approle/login", FakeVault::login)
            .on("GET", "/v1/secret/data/coder-agent", this::read)
            .on("GET", "/v1/secret/data/html", Answer.text(200, "<html>"))
            .on("GET", "/v1/secret/data/sealed", Answer.json(503, "{}"))
            .failOn("GET", "/v1/secret/data/slow", new Fault.Silence());
  }

  static FakeVault holding(String token) {
    return new FakeVault(FakeService.start(), token);
  }

  static FakeVault secure(String token) {
    return new FakeVault(FakeService.startTls(), token);
  }

  /** Options of the provider that make it use this server. */
  Map<String, String> options() {
    String url = service.url().toString();
    return Map.of("vault-addr", url, "role-id", "workspace", "secret-id", SECRET_ID);
  }

  private static Answer login(SeenRequest request) {
    boolean isKnown =
        request.body().contains("\"role_id\":\"workspace\"")
            && request.body().contains("\"secret_id\":\"" + SECRET_ID + "\"");
    return isKnown
        ? Answer.json(200, "{\"auth\":{\"client_token\":\"" + PASS + "\"}}")
        : Answer.json(400, "{\"errors\":[\"invalid role or secret ID\"]}");
  }

  private Answer read(SeenRequest request) {
    boolean mayRead = request.header("x-vault-token").orElse("").equals(PASS);
    return mayRead
        ? Answer.json(200, "{\"data\":{\"data\":{\"token\":\"" + token + "\"}}}")
        : Answer.json(403, "{\"errors\":[\"permission denied\"]}");
  }

  @Override
  public void close() {
    service.close();
  }
}
