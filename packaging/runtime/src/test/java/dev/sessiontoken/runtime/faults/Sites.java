package dev.sessiontoken.runtime.faults;

import java.util.LinkedHashMap;
import java.util.Map;

/** Virtual servers of one nginx: directives by name. */
final class Sites {
  private static final String TLS =
      "ssl_certificate chain-p256.pem; ssl_certificate_key chain-p256.key; ";
  private static final String DEPLOYMENT = "location / { proxy_pass http://deployment; } ";
  private static final String ASK_CLIENT =
      TLS + "ssl_client_certificate root.pem; ssl_verify_depth 3; ssl_verify_client on; ";

  private final Map<String, String> plain = new LinkedHashMap<>();
  private final Map<String, String> secure = new LinkedHashMap<>();

  Sites(Iterable<String> chains) {
    forwarding();
    answers();
    protocols();
    for (String chain : chains) {
      secure.put(
          "chain-" + chain,
          "ssl_certificate chain-%s.pem; ssl_certificate_key chain-%s.key; ".formatted(chain, chain)
              + "ssl_ciphers ALL:@SECLEVEL=0; "
              + DEPLOYMENT);
    }
  }

  /** Servers without TLS. */
  Map<String, String> plain() {
    return plain;
  }

  /** Servers with TLS. */
  Map<String, String> secure() {
    return secure;
  }

  private void forwarding() {
    plain.put("nginx-plain", DEPLOYMENT);
    plain.put(
        "nginx-chunked",
        "sub_filter_types *; sub_filter '~' '~'; sub_filter_once off; " + DEPLOYMENT);
    plain.put("nginx-gzip", "gzip on; gzip_types *; gzip_min_length 1; " + DEPLOYMENT);
    plain.put("nginx-down", "location / { proxy_pass http://127.0.0.1:1; } ");
    plain.put(
        "nginx-silent", "location / { proxy_pass http://silent; proxy_read_timeout 200ms; } ");
    plain.put("nginx-path", "location /coder/ { proxy_pass http://deployment/; } ");
    plain.put("nginx-password", "auth_basic team; auth_basic_user_file passwords; " + DEPLOYMENT);
    plain.put("nginx-header", "if ($http_x_team != blue) { return 403; } " + DEPLOYMENT);
  }

  private void answers() {
    plain.put("nginx-500", "return 500;");
    plain.put(
        "nginx-503",
        "error_page 503 /sorry; location /sorry { return 503 '<html>Maintenance'; } "
            + "location / { return 503; }");
    plain.put("nginx-403", "location / { deny all; }");
    plain.put("nginx-404", "root empty;");
    plain.put("nginx-405", "return 405;");
    plain.put("nginx-444", "return 444;");
    plain.put("nginx-204", "return 204;");
    plain.put("nginx-empty", "default_type application/json; return 200 '';");
    plain.put("nginx-html", "default_type text/html; return 200 '<!doctype html><title>Coder';");
    for (int status : new int[] {301, 302, 303, 307, 308}) {
      plain.put("nginx-" + status, "return " + status + " https://login.test/in?next=secret;");
    }
    plain.put("nginx-slash", "return 301 /elsewhere;");
    plain.put(
        "nginx-zipped",
        "default_type application/json; gzip on; gzip_types *; "
            + "gzip_min_length 1; location / { root .; try_files /zipped =404; "
            + "add_header Content-Encoding gzip; gzip off; }");
    plain.put("nginx-900k", "default_type application/json; location / { try_files /900k =404; }");
    plain.put(
        "nginx-1100k", "default_type application/json; location / { try_files /1100k =404; }");
    secure.put(
        "nginx-h2-1100k",
        TLS + "default_type application/json; location / { try_files /1100k =404; }");
    secure.put("nginx-h2-302", TLS + "return 302 https://login.test/;");
    secure.put("nginx-h2-down", TLS + "location / { proxy_pass http://127.0.0.1:1; } ");
    secure.put("nginx-h2-cut", TLS + "location / { proxy_pass http://cut; } ");
    secure.put("nginx-h2-444", TLS + "return 444;");
  }

  private void protocols() {
    secure.put(
        "nginx-tls11", TLS + "ssl_protocols TLSv1.1; ssl_ciphers ALL:@SECLEVEL=0; " + DEPLOYMENT);
    secure.put("nginx-tls12", TLS + "ssl_protocols TLSv1.2; " + DEPLOYMENT);
    secure.put("nginx-tls13", TLS + "ssl_protocols TLSv1.3; " + DEPLOYMENT);
    secure.put("nginx-h2", TLS + DEPLOYMENT);
    secure.put("nginx-h2-once", TLS + "keepalive_requests 1; " + DEPLOYMENT);
    secure.put("nginx-h2-chunked", TLS + plain.get("nginx-chunked"));
    secure.put("nginx-unknown-name", "ssl_reject_handshake on; ");
    cipher("chacha", "TLSv1.2", "ECDHE-ECDSA-CHACHA20-POLY1305");
    cipher("cbc", "TLSv1.2", "ECDHE-ECDSA-AES128-SHA256:@SECLEVEL=0");
    secure.put(
        "nginx-static-rsa",
        "ssl_certificate chain-rsa2048.pem; ssl_certificate_key chain-rsa2048.key; "
            + "ssl_protocols TLSv1.2; ssl_ciphers AES128-SHA:@SECLEVEL=0; "
            + DEPLOYMENT);
    for (String curve : new String[] {"X25519", "secp384r1", "secp521r1"}) {
      secure.put(
          "nginx-" + curve.toLowerCase(java.util.Locale.ROOT),
          TLS + "ssl_ecdh_curve " + curve + "; " + DEPLOYMENT);
    }
    secure.put("nginx-mtls12", ASK_CLIENT + "ssl_protocols TLSv1.2; " + DEPLOYMENT);
    secure.put("nginx-mtls13", ASK_CLIENT + "ssl_protocols TLSv1.3; " + DEPLOYMENT);
    secure.put(
        "nginx-mtls-optional", ASK_CLIENT.replace("client on", "client optional") + DEPLOYMENT);
  }

  private void cipher(String name, String protocol, String cipher) {
    secure.put(
        "nginx-" + name,
        TLS + "ssl_protocols " + protocol + "; ssl_ciphers " + cipher + "; " + DEPLOYMENT);
  }
}
