package dev.sessiontoken.runtime.faults;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows that run in a network namespace, which has the metadata service at its real address and no
 * route to any other machine.
 */
final class NamespaceRows {
  private static final String NOWHERE = "http://192.0.2.1";

  private NamespaceRows() {}

  private static Row row(String name) {
    return Row.of("network namespace", name).to("http://{deployment}");
  }

  static List<Row> rows() {
    var rows = new ArrayList<Row>();
    for (String cloud : List.of("aws", "azure", "google")) {
      var own =
          row(cloud + ": metadata service at its own address")
              .with("CODER_AGENT_TOKEN", "")
              .flags("--auth", cloud + "-instance-identity");
      rows.add(own);
      rows.add(
          Row.of("network namespace", cloud + ": no proxy, no --header for the metadata service")
              .to("http://{deployment}")
              .with("CODER_AGENT_TOKEN", "")
              .with("HTTP_PROXY", "http://{dead}")
              .with("ALL_PROXY", "http://{dead}")
              .flags("--auth", cloud + "-instance-identity", "--header", "X-Team=hunter2", "-v")
              .says("HTTP 200"));
    }
    rows.add(
        row("no metadata service at the address")
            .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://192.0.2.9")
            .flags("--auth", "aws-instance-identity")
            .fails(6, "is this an EC2 machine\\?"));
    rows.add(
        row("metadata service does not accept connections")
            .with("AWS_EC2_METADATA_SERVICE_ENDPOINT", "http://127.0.0.1:{hole:port}")
            .flags("--auth", "aws-instance-identity")
            .fails(6, "is this an EC2 machine\\?"));
    rows.addAll(routes());
    return rows;
  }

  private static List<Row> routes() {
    return List.of(
        row("no route").to(NOWHERE).fails(6, "cannot connect|unreachable"),
        row("no route, IPv6").to("http://[2001:db8::1]").fails(6, "cannot connect|unreachable"),
        row("host name without DNS entry")
            .to("http://coder.example.com")
            .fails(6, "cannot be resolved"),
        row("DNS does not answer")
            .to("http://silent.example.com")
            .flags("--timeout", "2s")
            .fails(6, "time limit reached(; | while looking up the host name)")
            .within(Duration.ofSeconds(9)),
        row("server does not accept connections")
            .to("http://127.0.0.1:{hole:port}")
            .flags("--timeout", "2s")
            .fails(6, "time limit reached(; | while connecting)")
            .within(Duration.ofSeconds(9)),
        row("first of two addresses refuses connections").to("http://two.test:{second:port}"),
        row("first of two addresses does not accept connections")
            .to("http://two.test:{hole:port}")
            .flags("--timeout", "5s"),
        row("IPv6 address without a route, IPv4 address that answers")
            .to("http://six.test:{second:port}"),
        direct("192.0.2.0/24", NOWHERE),
        direct("192.0.2.1", NOWHERE),
        direct("192.0.2.1:80", NOWHERE),
        direct("2001:db8::/32", "http://[2001:db8::1]"),
        proxied("192.0.2.0/32"),
        proxied("192.0.2.1:81"),
        proxied("198.51.100.0/24"));
  }

  private static Row address(String list, String url) {
    return row("NO_PROXY=" + list + " for " + url)
        .to(url)
        .with("HTTP_PROXY", "http://{dead}")
        .with("NO_PROXY", list);
  }

  private static Row direct(String list, String url) {
    return address(list, url).fails(6, "cannot connect|unreachable").neverSays("proxy of");
  }

  private static Row proxied(String list) {
    return address(list, NOWHERE).fails(6, "through the proxy 127");
  }
}
