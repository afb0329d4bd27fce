package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.SetupFlags;
import dev.sessiontoken.cli.args.UsageException;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes this program docker's credential helper for registries, or takes it out. */
public final class SetupDocker implements Command {
  private static final String STEP = "change docker's configuration";
  private static final String HELPER = "docker-credential-coder";
  private static final int MAX_BYTES = 16 << 20;

  private static final Flag PROVIDER =
      Flag.value("--provider", "ID", "", "whose token it is: added to the hosts file");

  @Override
  public String words() {
    return "setup docker";
  }

  @Override
  public String summary() {
    return "have docker get its logins here, for the registries given";
  }

  @Override
  public String description() {
    return """
    Names this program in the credHelpers of docker's config.json ($DOCKER_CONFIG or
    ~/.docker), for each registry given; with --provider, also adds the registry to
    the hosts file, as "coder setup host" does. Everything else in the files stays.
    --undo with the same flags takes out what was added. podman, skopeo, buildah,
    crane and oras read the same file.
      coder setup docker --host ghcr.io --provider github
    """;
  }

  @Override
  public List<Flag> flags() {
    return List.of(SetupFlags.HOST, PROVIDER, SetupFlags.DRY_RUN, SetupFlags.UNDO);
  }

  @Override
  public Outcome run(Invocation invocation) throws NotConfigured {
    var arguments = invocation.arguments();
    var servers = servers(arguments);
    var file = file(arguments);
    var done = new StringBuilder();
    for (String server : servers) {
      if (arguments.isOn(SetupFlags.UNDO)) remove(server, file, arguments, done);
      else add(server, file, invocation, done);
    }
    if (!arguments.isOn(SetupFlags.UNDO)) tellWhatWins(invocation);
    return Outcome.ok(done.toString());
  }

  private static List<String> servers(Arguments arguments) {
    var servers = arguments.values(SetupFlags.HOST);
    if (servers.isEmpty()) throw new UsageException("--host is missing, such as --host ghcr.io");
    for (String each : servers) place(each);
    return servers;
  }

  private static ToolHost place(String server) {
    try {
      return ToolHost.parse(server);
    } catch (NotConfigured e) {
      throw new UsageException("--host " + e.problem());
    }
  }

  private static Path file(Arguments arguments) throws NotConfigured {
    var folder = arguments.variable("DOCKER_CONFIG");
    if (folder.isPresent()) return Path.of(folder.get(), "config.json");
    var home = arguments.variable("HOME");
    if (home.isPresent()) return Path.of(home.get(), ".docker", "config.json");
    throw wrong("neither DOCKER_CONFIG nor HOME names a folder", "set HOME", null);
  }

  private static DockerConfig read(Path file) throws NotConfigured {
    String name = Printable.of(file.toString(), 300);
    if (!Files.exists(file)) return new DockerConfig("{}\n");
    try {
      if (!Files.isRegularFile(file) || Files.size(file) > MAX_BYTES) {
        throw wrong(name + " is no regular file, or over 16 MiB", "DOCKER_CONFIG names it", null);
      }
      return new DockerConfig(Files.readString(file));
    } catch (CharacterCodingException e) {
      throw wrong(name + " is not UTF-8", "docker takes no other encoding", e);
    } catch (IOException e) {
      throw wrong(name + " cannot be read", "is the file yours?", e);
    } catch (IllegalArgumentException e) {
      throw wrong(name + ": " + e.getMessage(), "mend it first; nothing was changed", e);
    }
  }

  private static void add(String server, Path file, Invocation invocation, StringBuilder done)
      throws NotConfigured {
    var arguments = invocation.arguments();
    boolean isDry = arguments.isOn(SetupFlags.DRY_RUN);
    var config = read(file);
    var helper = config.helper(server);
    boolean isThere = helper.equals(Optional.of(DockerConfig.OWN));
    if (helper.isPresent() && !isThere) {
      throw wrong(
          server + " has the credential helper " + Printable.of(helper.get(), 60),
          "take it out of credHelpers first",
          null);
    }
    var provider = arguments.value(PROVIDER);
    if (provider.isPresent()) {
      var rule = HostsText.rule(place(server), List.of(provider.get()));
      done.append(HostsEdit.of(arguments, isDry).add(rule, invocation));
    }
    if (!isThere && !isDry) FileReplacement.write(file, config.with(server));
    tell(isThere ? "is there already: " : isDry ? "would add: " : "added: ", file, server, done);
    if (provider.isEmpty() && HostsMap.of(arguments).find(place(server)).isEmpty()) {
      invocation.tell(
          "coder: the hosts map has no line for "
              + Printable.of(server, 300)
              + ": give --provider, or docker gets no login");
    }
  }

  private static void remove(String server, Path file, Arguments arguments, StringBuilder done)
      throws NotConfigured {
    boolean isDry = arguments.isOn(SetupFlags.DRY_RUN);
    var config = read(file);
    boolean isThere = config.helper(server).equals(Optional.of(DockerConfig.OWN));
    if (isThere && !isDry) FileReplacement.write(file, config.without(server));
    tell(!isThere ? "is not there: " : isDry ? "would remove: " : "removed: ", file, server, done);
    if (arguments.value(PROVIDER).isPresent()) {
      done.append(HostsEdit.of(arguments, isDry).remove(place(server)));
    }
  }

  private static void tell(String what, Path file, String server, StringBuilder done) {
    String line = file + ": credHelpers: " + server + ": " + DockerConfig.OWN;
    done.append(what).append(Printable.of(line, 600)).append('\n');
  }

  /** Logins from these places are used before a helper is asked. */
  private static void tellWhatWins(Invocation invocation) {
    var arguments = invocation.arguments();
    if (arguments.variable("DOCKER_AUTH_CONFIG").isPresent()) {
      invocation.tell(
          "coder: docker uses the logins in the variable DOCKER_AUTH_CONFIG before any helper");
    }
    for (var file : containersFiles(arguments)) {
      if (!Files.exists(file)) continue;
      invocation.tell(
          "coder: podman, skopeo and buildah read "
              + Printable.of(file.toString(), 300)
              + " before docker's file");
    }
    if (!isInPath(arguments)) {
      String own = invocation.launcher().resolveSibling(HELPER).toString();
      invocation.tell(
          "coder: docker looks for "
              + HELPER
              + " in the path, and it is not there: link "
              + Printable.of(own, 300)
              + " into a folder of the path");
    }
  }

  /** By containers-auth.json(5). */
  private static List<Path> containersFiles(Arguments arguments) {
    var files = new ArrayList<Path>();
    arguments.variable("REGISTRY_AUTH_FILE").ifPresent(file -> files.add(Path.of(file)));
    arguments
        .variable("XDG_RUNTIME_DIR")
        .ifPresent(folder -> files.add(Path.of(folder, "containers", "auth.json")));
    arguments
        .variable("XDG_CONFIG_HOME")
        .or(() -> arguments.variable("HOME").map(home -> home + "/.config"))
        .ifPresent(folder -> files.add(Path.of(folder, "containers", "auth.json")));
    return files;
  }

  private static boolean isInPath(Arguments arguments) {
    for (String folder : arguments.variable("PATH").orElse("").split(":", -1)) {
      if (!folder.isEmpty() && Files.isExecutable(Path.of(folder, HELPER))) return true;
    }
    return false;
  }

  private static NotConfigured wrong(String problem, String hint, @Nullable Throwable cause) {
    return new NotConfigured(STEP, problem, hint, cause);
  }
}
