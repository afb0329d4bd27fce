package dev.sessiontoken.runtime.git;

import dev.sessiontoken.runtime.Ports;
import dev.sessiontoken.runtime.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code git http-backend} behind nginx with TLS and Basic authentication, at two ports. */
final class GitHost implements AutoCloseable {
  /** Program that the server runs; git keeps it outside the path. */
  static final Path BACKEND = Path.of("/usr/lib/git-core/git-http-backend");

  private final Path folder;
  private final List<Process> servers = new ArrayList<>();
  private final int first = Ports.free();
  private final int second = Ports.free();

  /**
   * Starts the host.
   *
   * @param folder folder of its files; repositories are in {@code repositories}
   */
  GitHost(Path folder) throws Exception {
    this.folder = folder;
    Files.createDirectories(folder.resolve("repositories"));
    logins("first", Map.of());
    logins("second", Map.of());
    certificate();
    var socket = folder.resolve("fcgi.sock");
    var wrap = Programs.start(folder, "fcgiwrap", "-c", "8", "-s", "unix:" + socket);
    servers.add(wrap);
    while (!Files.exists(socket)) {
      if (wrap.waitFor(Duration.ofMillis(50))) throw new IOException("fcgiwrap ended");
    }
    var configuration = Files.writeString(folder.resolve("nginx.conf"), configuration());
    servers.add(
        Programs.start(
            folder, "nginx", "-p", folder + "/", "-c", configuration.toString(), "-e", "stderr"));
    Ports.await(first, servers.getLast());
    Ports.await(second, servers.getLast());
  }

  private void certificate() throws Exception {
    Programs.run(
        ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
                + " -subj /CN=git -addext subjectAltName=IP:127.0.0.1,DNS:localhost -keyout "
                + folder.resolve("key.pem")
                + " -out "
                + certificateFile())
            .split(" ", -1));
  }

  Path certificateFile() {
    return folder.resolve("certificate.pem");
  }

  /** Replaces the users and passwords of one of the two ports. */
  void logins(String host, Map<String, String> passwords) throws IOException {
    var lines = new StringBuilder();
    passwords.forEach(
        (user, password) -> lines.append(user).append(":{PLAIN}").append(password).append('\n'));
    Files.writeString(folder.resolve(host + ".users"), lines);
  }

  private String configuration() {
    return """
    daemon off;
    worker_processes 1;
    pid nginx.pid;
    @USER@
    events { worker_connections 256; }
    http {
      access_log requests.log;
      client_body_temp_path temp; proxy_temp_path temp; fastcgi_temp_path temp;
      uwsgi_temp_path temp; scgi_temp_path temp;
      client_max_body_size 0;
      ssl_certificate certificate.pem;
      ssl_certificate_key key.pem;
      auth_basic git;
      fastcgi_param SCRIPT_FILENAME BACKEND;
      fastcgi_param GIT_PROJECT_ROOT FOLDER/repositories;
      fastcgi_param GIT_HTTP_EXPORT_ALL 1;
      fastcgi_param PATH_INFO $uri;
      fastcgi_param HTTP_AUTHORIZATION "";
      fastcgi_param REMOTE_USER $remote_user;
      fastcgi_param QUERY_STRING $query_string;
      fastcgi_param REQUEST_METHOD $request_method;
      fastcgi_param CONTENT_TYPE $content_type;
      fastcgi_param CONTENT_LENGTH $content_length;
      server {
        listen 127.0.0.1:FIRST ssl;
        auth_basic_user_file first.users;
        location / { fastcgi_pass unix:FOLDER/fcgi.sock; }
      }
      server {
        listen 127.0.0.1:SECOND ssl;
        auth_basic_user_file second.users;
        location / { fastcgi_pass unix:FOLDER/fcgi.sock; }
      }
    }
    """
        .replace("@USER@", Programs.isRoot() ? "user root;" : "")
        .replace("BACKEND", BACKEND.toString())
        .replace("FOLDER", folder.toString())
        .replace("FIRST", String.valueOf(first))
        .replace("SECOND", String.valueOf(second));
  }

  String first() {
    return "https://127.0.0.1:" + first;
  }

  String second() {
    return "https://127.0.0.1:" + second;
  }

  /** Creates a repository that accepts pushes; returns its path below the host. */
  String repository(String name) throws Exception {
    var there = folder.resolve("repositories").resolve(name);
    Programs.run("git", "init", "--quiet", "--bare", "-b", "main", there.toString());
    Programs.run("git", "-C", there.toString(), "config", "http.receivepack", "true");
    return "/" + name;
  }

  @Override
  public void close() {
    for (var server : servers) {
      server.descendants().forEach(ProcessHandle::destroy);
      server.destroy();
    }
  }
}
