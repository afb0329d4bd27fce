package dev.sessiontoken.cli.git;

import dev.sessiontoken.cli.command.Invocation;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Finds the user's own key files that ssh would use for a host. */
final class SshIdentities {
  private static final String KEY = "identityfile ";
  private static final int MAX_BYTES = 1 << 20;

  /** The original's list (cli/gitssh.go), for when {@code ssh -G} fails. */
  private static final List<String> USUAL =
      List.of(
          "id_rsa", "id_dsa", "id_ecdsa", "id_ecdsa_sk", "id_ed25519", "id_ed25519_sk", "id_xmss");

  private SshIdentities() {}

  /** Returns the files that exist, in the order in which ssh would offer them to this host. */
  static List<String> find(List<String> arguments, Invocation invocation)
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

  /** Returns what {@code ssh -G} prints; empty text if it fails or takes too long. */
  private static String read(List<String> arguments, Invocation invocation)
      throws InterruptedException {
    var command = new ArrayList<>(List.of("ssh", "-G"));
    command.addAll(arguments);
    var children = invocation.children();
    var builder = children.builder(command).redirectError(Redirect.DISCARD);
    try {
      var finished = children.run(builder, invocation.deadline(), MAX_BYTES, process -> {});
      return finished.status() == 0 ? finished.output() : "";
    } catch (IOException | TimeoutException e) {
      invocation.trace().tell("ssh does not tell its settings: " + e.getClass().getSimpleName());
      return "";
    }
  }
}
