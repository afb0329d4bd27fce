package dev.sessiontoken.cli.git;

import dev.sessiontoken.cli.command.Invocation;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Finds the user's own keys, as ssh itself would use them. */
final class SshIdentities {
  private static final String KEY = "identityfile ";

  /** The original's list (cli/gitssh.go): for when ssh does not tell. */
  private static final List<String> USUAL =
      List.of(
          "id_rsa", "id_dsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk", "id_xmss");

  private SshIdentities() {}

  /** Those that exist, in the order in which ssh would offer them for these arguments. */
  static List<String> of(List<String> arguments, Invocation invocation)
      throws InterruptedException {
    String home = invocation.arguments().variable("HOME").orElse("");
    var files = read(arguments, invocation).lines().filter(line -> line.startsWith(KEY)).toList();
    var candidates = new ArrayList<String>();
    for (String line : files) candidates.add(atHome(line.substring(KEY.length()), home));
    if (files.isEmpty()) for (String name : USUAL) candidates.add(home + "/.ssh/" + name);
    return candidates.stream().filter(file -> Files.isRegularFile(Path.of(file))).toList();
  }

  private static String atHome(String file, String home) {
    return file.startsWith("~/") ? home + file.substring(1) : file;
  }

  /** What {@code ssh -G} says; empty text if it fails. */
  private static String read(List<String> arguments, Invocation invocation)
      throws InterruptedException {
    var command = new ArrayList<>(List.of("ssh", "-G"));
    command.addAll(arguments);
    var builder = invocation.arguments().program(command).redirectError(new File("/dev/null"));
    try {
      var process = builder.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      long limit = invocation.deadline().remaining().toMillis();
      if (process.waitFor(limit, TimeUnit.MILLISECONDS) && process.exitValue() == 0) return said;
      process.destroy();
      return "";
    } catch (IOException e) {
      return "";
    }
  }
}
