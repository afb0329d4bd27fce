package dev.sessiontoken.runtime.git;

import dev.sessiontoken.runtime.Ports;
import dev.sessiontoken.runtime.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** sshd for the user who runs the tests; it accepts public keys only, no passwords. */
final class SshHost implements AutoCloseable {
  private final Path folder;
  private final int port = Ports.free();
  private final Process server;

  SshHost(Path folder) throws Exception {
    this.folder = folder;
    allow();
    Programs.run(
        "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder.resolve("host").toString());
    var configuration = Files.writeString(folder.resolve("sshd_config"), configuration());
    if (Programs.isRoot()) Files.createDirectories(Path.of("/run/sshd"));
    server = Programs.start(folder, "sshd", "-D", "-e", "-f", configuration.toString());
    Ports.await(port, server);
  }

  private String configuration() {
    return """
    Port PORT
    ListenAddress 127.0.0.1
    HostKey FOLDER/host
    AuthorizedKeysFile FOLDER/authorized
    PidFile none
    StrictModes no
    UsePAM no
    PasswordAuthentication no
    KbdInteractiveAuthentication no
    PermitRootLogin yes
    MaxStartups 100
    LogLevel VERBOSE
    """
        .replace("PORT", String.valueOf(port))
        .replace("FOLDER", folder.toString());
  }

  /** Replaces the accepted public keys. */
  void allow(String... publicKeys) throws Exception {
    Files.write(folder.resolve("authorized"), List.of(publicKeys));
  }

  int port() {
    return port;
  }

  /** Log of the server. */
  String log() throws Exception {
    return Files.readString(folder.resolve("sshd.log"));
  }

  @Override
  public void close() {
    server.descendants().forEach(ProcessHandle::destroy);
    server.destroy();
  }
}
