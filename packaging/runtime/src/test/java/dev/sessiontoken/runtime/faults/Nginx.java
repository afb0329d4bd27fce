package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.runtime.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One nginx process with many virtual servers; its log has the agent token of each request. */
final class Nginx implements AutoCloseable {
  private final Path folder;
  private final Process process;
  private final Map<String, String> addresses = new LinkedHashMap<>();

  /**
   * Starts nginx.
   *
   * @param folder files of the matrix; configuration and log are written into it too
   * @param deployment host and port of the fake deployment
   * @param silent host and port of a server that never answers
   * @param cut host and port of a server whose answers end too early
   */
  Nginx(Path folder, Sites sites, String deployment, String silent, String cut)
      throws IOException, InterruptedException {
    this.folder = folder;
    var servers = new StringBuilder();
    for (var site : sites.plain().entrySet()) server(servers, site.getKey(), "", site.getValue());
    for (var site : sites.secure().entrySet()) {
      boolean isH2 = site.getKey().startsWith("nginx-h2");
      server(servers, site.getKey(), isH2 ? " ssl http2" : " ssl", site.getValue());
    }
    var configuration = folder.resolve("nginx.conf");
    Files.writeString(configuration, configuration(deployment, silent, cut) + servers + "}\n");
    process = start(configuration);
    for (String address : addresses.values()) {
      Ports.await(Integer.parseInt(address.substring(address.indexOf(':') + 1)), process);
    }
  }

  private Process start(Path configuration) throws IOException {
    var command =
        List.of("nginx", "-p", folder.toString(), "-c", configuration.toString(), "-e", "stderr");
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("nginx.out").toFile())
        .redirectInput(new File("/dev/null"))
        .start();
  }

  private void server(StringBuilder servers, String name, String how, String directives)
      throws IOException {
    String address = "127.0.0.1:" + Ports.free();
    addresses.put(name, address);
    servers.append("server { listen ").append(address).append(how).append("; ");
    servers.append(directives).append("}\n");
  }

  private String configuration(String deployment, String silent, String cut) {
    return """
    daemon off;
    worker_processes 1;
    pid nginx.pid;
    events { worker_connections 256; }
    http {
    log_format row '$http_coder_session_token $status';
    access_log requests.log row;
    client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp;
    uwsgi_temp_path temp; scgi_temp_path temp;
    keepalive_timeout 5s;
    root .;
    upstream deployment { server %s max_fails=0; }
    upstream silent { server %s max_fails=0; }
    upstream cut { server %s max_fails=0; }
    """
        .formatted(deployment, silent, cut);
  }

  /** Host and port of each virtual server, by its name. */
  Map<String, String> addresses() {
    return addresses;
  }

  /** How many requests came with this agent token. */
  long requests(String token) throws IOException {
    try (var lines = Files.lines(folder.resolve("requests.log"))) {
      return lines.filter(line -> line.startsWith(token)).count();
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroy);
    process.destroy();
  }
}
