package com.example.vault;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Sends requests to a Vault server, within the deadline of one call. */
final class Vault implements AutoCloseable {
  private static final int MAX_CHARS = 64 * 1024;

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;
  private final ProviderContext context;

  Vault(String address, ProviderContext context) throws NotConfigured {
    this.base = base(address);
    this.context = context;
  }

  private static URI base(String address) throws NotConfigured {
    if (address.matches("https?://[\\w.:\\[\\]-]+/?")) return URI.create(address).resolve("/v1/");
    throw new NotConfigured(
        "find the Vault server", "VAULT_ADDR is no http or https URL of a host", "correct it", null);
  }

  VaultAnswer post(String path, Map<String, String> fields)
      throws SessionTokenException, InterruptedException {
    var body = BodyPublishers.ofString(json(fields));
    return send("POST " + path, HttpRequest.newBuilder(at(path)).POST(body).build());
  }

  VaultAnswer get(String path, String pass) throws SessionTokenException, InterruptedException {
    var request = HttpRequest.newBuilder(at(path)).header("X-Vault-Token", pass).build();
    return send("GET " + path, request);
  }

  private URI at(String path) throws NotConfigured {
    if (path.matches("[\\w./-]+")) return base.resolve(path);
    throw new NotConfigured("find the secret", "VAULT_TOKEN_PATH is no path", "correct it", null);
  }

  private static String json(Map<String, String> fields) throws BadAnswer {
    try {
      return JSON.std.asString(fields);
    } catch (IOException e) {
      throw new BadAnswer("log in to Vault", "role or secret is no text", "correct it", null);
    }
  }

  private VaultAnswer send(String what, HttpRequest request)
      throws SessionTokenException, InterruptedException {
    String step = what + " at " + base.getAuthority();
    context.step(step);
    var call = http.sendAsync(request, BodyHandlers.ofString());
    try {
      long left = context.deadline().remaining().toMillis();
      return checked(step, call.get(left, TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      throw new Unreachable(step, "time limit reached", "is Vault up? allow more time", e);
    } catch (ExecutionException e) {
      throw new Unreachable(step, "no answer", "is VAULT_ADDR right, and Vault up?", e.getCause());
    } finally {
      call.cancel(true); // no effect on a call that has ended
    }
  }

  private static VaultAnswer checked(String step, HttpResponse<String> response)
      throws SessionTokenException {
    return switch (response.statusCode()) {
      case 200 -> read(step, response.body());
      case 400, 403 -> // AppRole answers 400 for a wrong role or secret
          throw new Rejected(
              step, "HTTP " + response.statusCode(), "check role, secret and policy", null);
      case 404 -> throw new NotConfigured(step, "nothing is there", "set VAULT_TOKEN_PATH", null);
      case 429, 500, 502, 503, 504 -> // a sealed Vault answers 503
          throw new Unreachable(
              step, "HTTP " + response.statusCode(), "is Vault sealed or overloaded?", null);
      default ->
          throw new BadAnswer(
              step, "HTTP " + response.statusCode(), "does VAULT_ADDR lead to Vault?", null);
    };
  }

  private static VaultAnswer read(String step, String body) throws BadAnswer {
    try {
      if (body.length() > MAX_CHARS) throw new IOException("too large");
      return new VaultAnswer(step, JSON.std.mapFrom(body));
    } catch (IOException e) { // without the cause, whose message repeats the answer
      throw new BadAnswer(step, "no JSON object", "does VAULT_ADDR lead to Vault?", null);
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
