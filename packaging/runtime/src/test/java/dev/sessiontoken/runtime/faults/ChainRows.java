package dev.sessiontoken.runtime.faults;

import java.util.List;

/** Certificate chains of servers, sent by nginx; the program trusts {@code root.pem}. */
final class ChainRows {
  private ChainRows() {}

  private static Row row(String name, String chain) {
    return Row.of("server certificate", name).to("https://{chain-" + chain + "}");
  }

  static List<Row> rows() {
    return List.of(
        row("P-256", "p256").requests(1),
        row("P-384", "p384").requests(1),
        row("P-521", "p521").requests(1),
        row("RSA, 2048 bits", "rsa2048").requests(1),
        row("RSA, 4096 bits", "rsa4096").requests(1),
        row("RSA, 1024 bits", "rsa1024").requests(1),
        row("Ed25519", "ed25519").requests(1),
        row("signed with SHA-1", "sha1").fails(6, "no longer safe").requests(0),
        row("expired", "expired").fails(6, "expired on \\d{4}-").requests(0),
        row("not yet valid", "not-yet").fails(6, "not valid before \\d{4}-").requests(0),
        row("below an expired intermediate", "expired-intermediate")
            .fails(6, "Expired intermediate.*expired on"),
        row("below an expired root", "expired-root")
            .with("SSL_CERT_FILE", "{expired-root.pem}")
            .fails(6, "authority CN=Expired root expired on"),
        row("for another host", "wrong-host").fails(6, "is for other.test").requests(0),
        row("common name only, no subject alternative name", "no-names")
            .fails(6, "host name|is for"),
        row("for the name *", "too-wide").fails(6, "is for \\*"),
        row("outside the name constraints of its authority", "constrained")
            .fails(6, "may not vouch for its name"),
        row("from an unknown root", "unknown-root")
            .fails(6, "unknown authority, CN=Stranger;.*--ca-file")
            .requests(0),
        row("without its intermediate", "missing-intermediate")
            .fails(6, "unknown authority, CN=Intermediate;.*whole chain"),
        row("with its intermediate", "intermediate").requests(1),
        row("with intermediate and root", "with-root").requests(1),
        row("with an unrelated certificate in the chain", "extra").requests(1),
        row("chain in the wrong order", "disorder").requests(1),
        row("self-signed", "self-signed").fails(6, "by nobody but itself.*--ca-file"),
        row("signed by a certificate that is no authority", "by-a-server")
            .fails(6, "may not sign others"),
        row("below more authorities than the path length allows", "path-too-long")
            .fails(6, "more authorities"),
        row("signed by another key under the name of its authority", "impostor")
            .fails(6, "another key"),
        row("for client authentication only", "for-clients").fails(6, "not made for servers"));
  }
}
