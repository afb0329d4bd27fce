package com.example.vault;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A Vault on loopback with one role and one secret; it refuses requests of another form. */
final class FakeVault implements AutoCloseable {
  static final String SECRET_ID = "841771dc-11c9-bbc7-bcac-6a3945a69cd9";

  private static final String PASS = "hvs.5b1bb55b-f5a2-4d46-9d5e-8a5f1d9c40a1";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final String token;

  private FakeVault(String token) throws IOException {
    this.token = token;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v1/auth/approle/login", this::login);
    server.createContext("/v1/secret/data/coder-agent", this::read);
    server.createContext("/v1/secret/data/html", exchange -> answer(exchange, 200, "<html>"));
    server.createContext("/v1/secret/data/sealed", exchange -> answer(exchange, 503, "{}"));
    server.createContext("/v1/secret/data/slow", this::sayNothing);
    server.setExecutor(threads);
    server.start();
  }

  static FakeVault holding(String token) throws IOException {
    return new FakeVault(token);
  }

  /** Options of the provider that make it use this server. */
  Map<String, String> options() {
    String url = "http://127.0.0.1:" + server.getAddress().getPort();
    return Map.of("vault-addr", url, "role-id", "workspace", "secret-id", SECRET_ID);
  }

  private void login(HttpExchange exchange) throws IOException {
    var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean isKnown =
        exchange.getRequestMethod().equals("POST")
            && body.contains("\"role_id\":\"workspace\"")
            && body.contains("\"secret_id\":\"" + SECRET_ID + "\"");
    if (isKnown) answer(exchange, 200, "{\"auth\":{\"client_token\":\"" + PASS + "\"}}");
    else answer(exchange, 400, "{\"errors\":[\"invalid role or secret ID\"]}");
  }

  private void read(HttpExchange exchange) throws IOException {
    boolean mayRead = PASS.equals(exchange.getRequestHeaders().getFirst("X-Vault-Token"));
    if (mayRead) answer(exchange, 200, "{\"data\":{\"data\":{\"token\":\"" + token + "\"}}}");
    else answer(exchange, 403, "{\"errors\":[\"permission denied\"]}");
  }

  private void sayNothing(HttpExchange exchange) {
    try {
      closed.await();
    } catch (InterruptedException e) {
      exchange.close();
    }
  }

  private static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (exchange) {
      var body = text.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
