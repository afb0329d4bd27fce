package dev.sessiontoken.client;

import dev.sessiontoken.testkit.tls.CertificateForm;
import dev.sessiontoken.testkit.tls.KeyedCertificate;
import dev.sessiontoken.testkit.tls.PemText;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Comparator;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An nginx that answers each request at once with an account, as a deployment would. */
final class BenchServer implements AutoCloseable {
  private static final String ACCOUNT =
      "{\"access_token\":\"gho_0123456789\",\"token_extra\":null,\"url\":\"\","
          + "\"type\":\"github\",\"username\":\"oauth2\",\"password\":\"gho_0123456789\"}";

  private final String protocol;
  private final int port;
  private final Path folder;
  private final KeyedCertificate authority = KeyedCertificate.root("Benchmark");
  private final Process nginx;

  BenchServer(String protocol) throws IOException, InterruptedException {
    this.protocol = protocol;
    this.folder = Files.createTempDirectory("benchmark");
    this.port = freePort();
    var server = authority.issue(CertificateForm.server("localhost"));
    Files.writeString(folder.resolve("authority.pem"), PemText.certificates(authority));
    Files.writeString(folder.resolve("server.pem"), PemText.certificates(server));
    Files.writeString(folder.resolve("server.key"), PemText.pkcs8(server.key()));
    Files.writeString(folder.resolve("nginx.conf"), configuration());
    var log = folder.resolve("nginx.log");
    this.nginx =
        new ProcessBuilder("nginx", "-p", folder.toString(), "-c", "nginx.conf", "-e", "error.log")
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    while (!accepts()) {
      if (!nginx.isAlive()) throw new IOException("nginx: " + Files.readString(log));
      Thread.sleep(20);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private boolean accepts() throws IOException {
    try (var _ = new Socket("localhost", port)) {
      return true;
    } catch (java.net.ConnectException e) {
      return false;
    }
  }

  private String configuration() {
    String tls = protocol.equals("http") ? "" : protocol.equals("h2") ? " ssl http2" : " ssl";
    String keys =
        tls.isEmpty() ? "" : "ssl_certificate server.pem; ssl_certificate_key server.key;";
    return """
        daemon off; pid nginx.pid; worker_processes 1; user root;
        events { worker_connections 1024; }
        http {
          access_log off; keepalive_requests 1000000000; default_type application/json;
          server {
            listen 127.0.0.1:%d%s; %s
            location / { return 200 '%s'; }
          }
        }
        """
        .formatted(port, tls, keys, ACCOUNT);
  }

  URI url() {
    return URI.create((protocol.equals("http") ? "http" : "https") + "://localhost:" + port);
  }

  Path authority() {
    return folder.resolve("authority.pem");
  }

  /** Returns what a bare client needs to trust the server; empty without TLS. */
  Optional<SSLContext> trusting() throws Exception {
    if (protocol.equals("http")) return Optional.empty();
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("authority", authority.certificate());
    var trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(store);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return Optional.of(context);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    nginx.destroy();
    nginx.waitFor();
    try (var files = Files.walk(folder)) {
      for (var each : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(each);
    }
  }
}
