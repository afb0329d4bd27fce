package com.example.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sessiontoken.testkit.FakeCoder;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs the image of {@code -Dimage}, which has this provider in its {@code providers} folder. */
class DroppedInIT {
  private static final Path PROGRAM = Path.of(System.getProperty("image"), "bin", "coder");

  private record Result(int status, String out, String err) {}

  private static Result run(Map<String, String> environment, String... args) throws Exception {
    var command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(args));
    var errors = File.createTempFile("vault-provider", ".err");
    var builder = new ProcessBuilder(command).redirectError(errors);
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    int status = process.waitFor();
    var err = Files.readString(errors.toPath());
    assertThat(errors.delete()).isTrue();
    return new Result(status, out, err);
  }

  @Test
  void getsATokenThroughVault() throws Exception {
    try (var coder = FakeCoder.start();
        var vault = FakeVault.holding(coder.agentToken())) {
      var environment =
          Map.of(
              "CODER_AGENT_URL", coder.url().toString(),
              "VAULT_ADDR", vault.options().get("vault-addr"),
              "VAULT_SECRET_ID", FakeVault.SECRET_ID);
      var result =
          run(
              environment,
              "external-auth",
              "access-token",
              "github",
              "--auth",
              "vault-approle",
              "--auth-option",
              "role-id=workspace");
      assertThat(result).isEqualTo(new Result(0, "gho_bananas", ""));
    }
  }

  @Test
  void isListed() throws Exception {
    var result = run(Map.of(), "auth", "providers");
    assertThat(result.out()).contains("vault-approle", "VAULT_ADDR");
    assertThat(result.status()).isZero();
  }
}
