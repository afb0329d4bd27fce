package dev.sessiontoken.runtime.faults;

import java.util.List;

/** Where authorities come from. */
final class TrustRows {
  private static final String UNKNOWN = "unknown authority, CN=Root of the matrix";

  private TrustRows() {}

  private static Row row(String name) {
    return Row.of("authorities", name).to("https://{chain-p256}");
  }

  /** Nothing is trusted but what the row says. */
  private static Row bare(String name) {
    return row(name).with("SSL_CERT_FILE", "");
  }

  private static Row file(String name, String file) {
    return row(name).with("SSL_CERT_FILE", "{" + file + "}");
  }

  static List<Row> rows() {
    return List.of(
        bare("those of the machine").fails(6, UNKNOWN).requests(0),
        file("SSL_CERT_FILE", "root.pem").requests(1),
        file("SSL_CERT_FILE with two", "both.pem"),
        file("SSL_CERT_FILE with CR LF", "crlf.pem"),
        file("SSL_CERT_FILE with comments", "comments.pem"),
        file("SSL_CERT_FILE with a broken one", "broken-middle.pem"),
        file("SSL_CERT_FILE with a broken one, -v", "broken-middle.pem")
            .flags("-v")
            .says("skipped"),
        file("SSL_CERT_FILE with 201", "many.pem"),
        file("SSL_CERT_FILE of others only", "stranger.pem").fails(6, UNKNOWN),
        file("SSL_CERT_FILE that is missing", "none.pem").fails(3, "SSL_CERT_FILE .*not exist"),
        file("SSL_CERT_FILE that is empty", "empty.pem").fails(3, "holds no certificate"),
        file("SSL_CERT_FILE with other text", "text.pem").fails(3, "holds no certificate"),
        file("SSL_CERT_FILE that is a folder", "folder").fails(3, "SSL_CERT_FILE .*cannot be read"),
        file("SSL_CERT_FILE in DER", "root.der").fails(3, "holds no certificate"),
        file("the intermediate alone", "intermediate.pem").to("https://{chain-intermediate}"),
        file("the server itself", "server.pem"),
        file("a server that signs itself", "self-signed.pem").to("https://{chain-self-signed}"),
        bare("SSL_CERT_DIR").with("SSL_CERT_DIR", "{folder2}"),
        bare("SSL_CERT_DIR of two folders").with("SSL_CERT_DIR", "{folder}:{folder2}"),
        bare("SSL_CERT_DIR with hashed names").with("SSL_CERT_DIR", "{hashed}"),
        bare("SSL_CERT_DIR with one folder missing").with("SSL_CERT_DIR", "{none}:{folder2}"),
        bare("SSL_CERT_DIR without certificates")
            .with("SSL_CERT_DIR", "{folder-empty}")
            .fails(3, "SSL_CERT_DIR .*no certificate"),
        row("SSL_CERT_DIR adds to SSL_CERT_FILE")
            .with("SSL_CERT_FILE", "{stranger.pem}")
            .with("SSL_CERT_DIR", "{folder2}"),
        bare("CODER_CA_FILE").with("CODER_CA_FILE", "{root.pem}"),
        bare("--ca-file").flags("--ca-file", "{root.pem}"),
        bare("--ca-file beats CODER_CA_FILE")
            .with("CODER_CA_FILE", "{none.pem}")
            .flags("--ca-file", "{root.pem}"),
        file("--ca-file adds to SSL_CERT_FILE", "stranger.pem").flags("--ca-file", "{root.pem}"),
        row("--ca-file that is missing")
            .flags("--ca-file", "{none.pem}")
            .fails(3, "--ca-file .*not exist"),
        row("--ca-file without a certificate")
            .flags("--ca-file", "{text.pem}")
            .fails(3, "holds no certificate"),
        row("--ca-file that is not needed, plain HTTP")
            .to("http://{nginx-plain}")
            .with("SSL_CERT_FILE", "{none.pem}")
            .requests(1));
  }
}
