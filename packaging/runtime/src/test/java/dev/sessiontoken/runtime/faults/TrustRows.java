package dev.sessiontoken.runtime.faults;

import java.util.List;

/** Sources of trusted authorities: the machine, SSL_CERT_FILE, SSL_CERT_DIR, --ca-file. */
final class TrustRows {
  private static final String UNKNOWN = "unknown authority, CN=Root of the matrix";

  private TrustRows() {}

  private static Row row(String name) {
    return Row.of("authorities", name).to("https://{chain-p256}");
  }

  /** A row without the default {@code SSL_CERT_FILE={root.pem}}. */
  private static Row bare(String name) {
    return row(name).with("SSL_CERT_FILE", "");
  }

  private static Row file(String name, String file) {
    return row(name).with("SSL_CERT_FILE", "{" + file + "}");
  }

  static List<Row> rows() {
    return List.of(
        bare("authorities of the machine").fails(6, UNKNOWN).requests(0),
        file("SSL_CERT_FILE", "root.pem").requests(1),
        file("SSL_CERT_FILE with two certificates", "both.pem"),
        file("SSL_CERT_FILE with CR LF", "crlf.pem"),
        file("SSL_CERT_FILE with comments", "comments.pem"),
        file("SSL_CERT_FILE with a broken certificate", "broken-middle.pem"),
        file("SSL_CERT_FILE with a broken certificate, -v", "broken-middle.pem")
            .flags("-v")
            .says("skipped"),
        file("SSL_CERT_FILE with 201 certificates", "many.pem"),
        file("SSL_CERT_FILE without the server's root", "other-root.pem").fails(6, UNKNOWN),
        file("SSL_CERT_FILE that is missing", "none.pem").fails(3, "SSL_CERT_FILE .*not exist"),
        file("SSL_CERT_FILE that is empty", "empty.pem").fails(3, "holds no certificate"),
        file("SSL_CERT_FILE with text that is no certificate", "text.pem")
            .fails(3, "holds no certificate"),
        file("SSL_CERT_FILE that is a folder", "folder").fails(3, "SSL_CERT_FILE .*cannot be read"),
        file("SSL_CERT_FILE in DER", "root.der").fails(3, "holds no certificate"),
        file("SSL_CERT_FILE with the intermediate only", "intermediate.pem")
            .to("https://{chain-intermediate}"),
        file("SSL_CERT_FILE with the server's certificate", "server.pem"),
        file("SSL_CERT_FILE with a self-signed server certificate", "self-signed.pem")
            .to("https://{chain-self-signed}"),
        bare("SSL_CERT_DIR").with("SSL_CERT_DIR", "{folder2}"),
        bare("SSL_CERT_DIR of two folders").with("SSL_CERT_DIR", "{folder}:{folder2}"),
        bare("SSL_CERT_DIR with hashed names").with("SSL_CERT_DIR", "{hashed}"),
        bare("SSL_CERT_DIR with one folder missing").with("SSL_CERT_DIR", "{none}:{folder2}"),
        bare("SSL_CERT_DIR without certificates")
            .with("SSL_CERT_DIR", "{folder-empty}")
            .fails(3, "SSL_CERT_DIR .*no certificate"),
        row("SSL_CERT_DIR adds to SSL_CERT_FILE")
            .with("SSL_CERT_FILE", "{other-root.pem}")
            .with("SSL_CERT_DIR", "{folder2}"),
        bare("CODER_CA_FILE").with("CODER_CA_FILE", "{root.pem}"),
        bare("--ca-file").flags("--ca-file", "{root.pem}"),
        bare("--ca-file overrides CODER_CA_FILE")
            .with("CODER_CA_FILE", "{none.pem}")
            .flags("--ca-file", "{root.pem}"),
        file("--ca-file adds to SSL_CERT_FILE", "other-root.pem").flags("--ca-file", "{root.pem}"),
        row("--ca-file that is missing")
            .flags("--ca-file", "{none.pem}")
            .fails(3, "--ca-file .*not exist"),
        row("--ca-file without a certificate")
            .flags("--ca-file", "{text.pem}")
            .fails(3, "holds no certificate"),
        row("SSL_CERT_FILE is not read for plain HTTP")
            .to("http://{nginx-plain}")
            .with("SSL_CERT_FILE", "{none.pem}")
            .requests(1));
  }
}
