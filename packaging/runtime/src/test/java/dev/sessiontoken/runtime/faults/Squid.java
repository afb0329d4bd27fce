package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.runtime.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One Squid with three ports: open to all, open with a password, closed to all. Only this Squid
 * resolves coder.test.
 */
final class Squid implements AutoCloseable {
  /** Password of the user named "user" at the second port. */
  static final String PASSWORD = "pass:w@rd hunter2";

  private final Process process;
  private final Map<String, String> addresses;

  Squid(Path folder) throws IOException, InterruptedException {
    int open = Ports.free();
    int password = Ports.free();
    int shut = Ports.free();
    Files.writeString(folder.resolve("hosts"), "127.0.0.1 coder.test git.corp.test\n");
    Files.writeString(folder.resolve("users"), "user:" + hash() + "\n");
    var configuration = folder.resolve("squid.conf");
    Files.writeString(
        configuration, configuration().formatted(folder, open, password, shut, folder));
    process =
        new ProcessBuilder("squid", "-N", "-f", configuration.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("squid.out").toFile())
            .redirectInput(new File("/dev/null"))
            .start();
    Ports.await(shut, process);
    addresses =
        Map.of(
            "squid", "127.0.0.1:" + open,
            "squid-password", "127.0.0.1:" + password,
            "squid-shut", "127.0.0.1:" + shut);
  }

  private static String hash() throws IOException, InterruptedException {
    var process = new ProcessBuilder("openssl", "passwd", "-apr1", PASSWORD).start();
    process.waitFor();
    return new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
        .strip();
  }

  private static String configuration() {
    return """
    hosts_file %s/hosts
    http_port 127.0.0.1:%d name=open
    http_port 127.0.0.1:%d name=password
    http_port 127.0.0.1:%d name=shut
    auth_param basic program /usr/lib/squid/basic_ncsa_auth %s/users
    acl open myportname open
    acl password myportname password
    acl known proxy_auth REQUIRED
    http_access allow open
    http_access allow password known
    http_access deny all
    cache deny all
    access_log none
    cache_log /dev/null
    cache_store_log none
    pid_filename none
    netdb_filename none
    max_filedescriptors 1024
    shutdown_lifetime 0 seconds
    connect_timeout 2 seconds
    visible_hostname proxy.test
    """;
  }

  Map<String, String> addresses() {
    return addresses;
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
