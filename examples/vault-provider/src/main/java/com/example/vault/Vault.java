package com.example.vault;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ServiceAnswer;
import dev.sessiontoken.spi.ServiceRequest;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.util.Map;

/** Sends requests to a Vault server. */
record Vault(String address, ProviderContext context) {

  VaultAnswer post(String path, Map<String, String> fields)
      throws SessionTokenException, InterruptedException {
    return send(ServiceRequest.postJson(url(path), fields));
  }

  VaultAnswer get(String path, String pass) throws SessionTokenException, InterruptedException {
    return send(ServiceRequest.get(url(path)).withHeader("X-Vault-Token", pass));
  }

  private String url(String path) {
    return address + (address.endsWith("/") ? "v1/" : "/v1/") + path;
  }

  private VaultAnswer send(ServiceRequest request)
      throws SessionTokenException, InterruptedException {
    var answer = context.http().send(request);
    if (answer.status() == 404) { // Vault's answer for a path that holds nothing
      throw new NotConfigured(answer.step(), "nothing is there", "set VAULT_TOKEN_PATH", null);
    }
    return read(answer.requireSuccess("check role, secret and policy"));
  }

  private static VaultAnswer read(ServiceAnswer answer) throws BadAnswer {
    try {
      return new VaultAnswer(answer, JSON.std.mapFrom(answer.text()));
    } catch (IOException e) { // without the cause, whose message repeats the answer
      throw new BadAnswer(answer.step(), "no JSON object", "does VAULT_ADDR lead to Vault?", null);
    }
  }

  /** Leaves the context out: some of its options are secrets. */
  @Override
  public String toString() {
    return "Vault";
  }
}
