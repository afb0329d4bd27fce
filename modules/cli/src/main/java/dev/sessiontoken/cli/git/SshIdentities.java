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

  /**
   * Returns arguments by which ssh offers the files to this host, in the order in which ssh would
   * by itself. Files that do not exist are left out: ssh would report each. Names with tokens of
   * ssh_config(5), a variable or another user's home are left to ssh, which alone can expand them.
   */
  static List<String> find(List<String> arguments, Invocation invocation)
      throws InterruptedException {
    String home = invocation.arguments().variable("HOME").orElse("");
    var files = read(arguments, invocation).lines().filter(line -> line.startsWith(KEY)).toList();
    var candidates = new ArrayList<String>();
    for (String line : files) candidates.add(line.substring(KEY.length()));
    if (files.isEmpty()) for (String name : USUAL) candidates.add("~/.ssh/" + name);
    var flags = new ArrayList<String>();
    for (String each : candidates) flags.addAll(flags(each, home, invocation));
    return flags;
  }

  private static List<String> flags(String name, String home, Invocation invocation) {
    String file = name.startsWith("~/") ? home + name.substring(1) : name;
    boolean isForSsh = file.contains("%") || file.contains("${") || file.startsWith("~");
    if (isForSsh) return List.of("-o", "IdentityFile=" + quoted(name));
    if (Files.isRegularFile(Path.of(file))) return List.of("-i", file);
    invocation.trace().tell("leave out a key of ssh's settings that is no file: " + file);
    return List.of();
  }

  /** By the rules of ssh_config(5) for arguments with blanks. */
  private static String quoted(String name) {
    boolean isPlain = name.chars().noneMatch(c -> " \t\"'\\#".indexOf(c) >= 0);
    return isPlain ? name : '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
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
