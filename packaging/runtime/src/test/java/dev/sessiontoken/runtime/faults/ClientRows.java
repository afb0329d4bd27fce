package dev.sessiontoken.runtime.faults;

import java.util.ArrayList;
import java.util.List;

/** Client certificates, requested by nginx. */
final class ClientRows {
  private ClientRows() {}

  private static Row row(String name) {
    return Row.of("client certificate", name).to("https://{nginx-mtls13}");
  }

  private static Row files(String name, String certificate, String key) {
    return row(name)
        .flags("--client-cert-file", "{" + certificate + "}", "--client-key-file", "{" + key + "}");
  }

  static List<Row> rows() {
    var rows = new ArrayList<Row>();
    rows.addAll(kinds());
    rows.addAll(refusals());
    rows.addAll(files());
    return rows;
  }

  private static List<Row> kinds() {
    return List.of(
        files("RSA, PKCS #8", "client-rsa.pem", "client-rsa.p8").requests(1),
        files("RSA, PKCS #8, TLS 1.2", "client-rsa.pem", "client-rsa.p8")
            .to("https://{nginx-mtls12}"),
        files("RSA, PKCS #1", "client-rsa.pem", "client-rsa.old").requests(1),
        files("P-256, PKCS #8", "client-p256.pem", "client-p256.p8").requests(1),
        files("P-256, SEC 1 without the curve", "client-p256.pem", "client-p256.old").requests(1),
        files("P-256, SEC 1 as openssl writes it", "client-p256.pem", "client-p256.openssl.key")
            .requests(1),
        files("P-256, SEC 1, TLS 1.2", "client-p256.pem", "client-p256.old")
            .to("https://{nginx-mtls12}"),
        files("P-384, PKCS #8", "client-p384.pem", "client-p384.p8"),
        files("P-384, SEC 1", "client-p384.pem", "client-p384.old"),
        files("Ed25519, PKCS #8", "client-ed25519.pem", "client-ed25519.p8"),
        files("certificate and key in one file", "client-rsa-both.pem", "client-rsa-both.pem"),
        files("with its intermediate", "long.pem", "client-rsa.p8"),
        files("not requested by the server", "client-rsa.pem", "client-rsa.p8")
            .to("https://{nginx-tls13}"),
        row("from environment variables")
            .with("CODER_CLIENT_TLS_CERT_FILE", "{client-rsa.pem}")
            .with("CODER_CLIENT_TLS_KEY_FILE", "{client-rsa.p8}")
            .requests(1),
        row("none, requested but not required").to("https://{nginx-mtls-optional}").requests(1));
  }

  private static List<Row> refusals() {
    return List.of(
        refused(row("none, TLS 1.3")),
        refused(row("none, TLS 1.2").to("https://{nginx-mtls12}")),
        refused(files("from an unknown authority", "unknown.pem", "client-rsa.p8")),
        refused(files("expired", "late.pem", "client-rsa.p8")));
  }

  /** Nginx completes the handshake without a valid client certificate, then answers HTTP 400. */
  private static Row refused(Row row) {
    return row.fails(7, "HTTP 400.*certificate");
  }

  private static List<Row> files() {
    return List.of(
        files("encrypted key, PKCS #8", "client-rsa.pem", "encrypted.p8")
            .fails(3, "encrypted\\.p8 is encrypted.*openssl pkey")
            .requests(0),
        files("encrypted key, traditional", "client-rsa.pem", "encrypted.old")
            .fails(3, "is encrypted"),
        files("key of another certificate", "client-rsa.pem", "other.p8")
            .fails(3, "other\\.p8 does not belong to the certificate in .*client-rsa\\.pem"),
        files("key of another algorithm", "client-rsa.pem", "client-p256.p8")
            .fails(3, "not belong"),
        files("key of another curve", "client-p256.pem", "client-p384.p8").fails(3, "not belong"),
        files("broken key", "client-rsa.pem", "broken.p8").fails(3, "cannot be used"),
        files("key file without a key", "client-rsa.pem", "client-rsa.pem")
            .fails(3, "holds no private key"),
        files("certificate file without a certificate", "client-rsa.p8", "client-rsa.p8")
            .fails(3, "holds no certificate"),
        files("certificate file is missing", "none.pem", "client-rsa.p8").fails(3, "not exist"),
        files("key file is missing", "client-rsa.pem", "none.p8").fails(3, "not exist"),
        row("certificate without key")
            .flags("--client-cert-file", "{client-rsa.pem}")
            .fails(3, "there is a certificate, but no key"),
        row("key without certificate")
            .flags("--client-key-file", "{client-rsa.p8}")
            .fails(3, "there is a key, but no certificate"));
  }
}
