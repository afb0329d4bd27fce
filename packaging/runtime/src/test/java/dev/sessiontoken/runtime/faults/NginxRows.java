package dev.sessiontoken.runtime.faults;

import java.util.ArrayList;
import java.util.List;

/** Nginx as reverse proxy before the deployment: protocols, error pages, redirects. */
final class NginxRows {
  private NginxRows() {}

  static List<Row> rows() {
    var rows = new ArrayList<Row>();
    rows.addAll(forwarding());
    rows.addAll(protocols());
    rows.addAll(failures());
    rows.addAll(pages());
    rows.addAll(redirects());
    return rows;
  }

  private static Row row(String name) {
    return Row.of("nginx", name);
  }

  private static List<Row> forwarding() {
    return List.of(
        row("plain HTTP").to("http://{nginx-plain}").requests(1),
        row("a body in chunks").to("http://{nginx-chunked}").requests(1),
        row("a body in HTTP/2 frames, without Content-Length").to("https://{nginx-h2-chunked}"),
        row("gzip, negotiated by Accept-Encoding").to("http://{nginx-gzip}").requests(1),
        row("gzip, whatever Accept-Encoding says").to("http://{nginx-zipped}"),
        row("an answer of 900 KiB").to("http://{nginx-900k}"),
        row("an answer of 1100 KiB").to("http://{nginx-1100k}").fails(7, "larger than 1048576"),
        row("an answer of 1100 KiB, HTTP/2")
            .to("https://{nginx-h2-1100k}")
            .fails(7, "larger than 1048576"),
        row("a path in the URL, which is dropped").to("http://{nginx-plain}/coder/").requests(1),
        row("a deployment below a path, which is dropped: 404")
            .to("http://{nginx-path}/coder/")
            .fails(7, "HTTP 404.*HTML page")
            .requests(1));
  }

  private static List<Row> protocols() {
    return List.of(
        row("TLS 1.1 only").to("https://{nginx-tls11}").fails(6, "no version of TLS .* safe"),
        row("TLS 1.2 only").to("https://{nginx-tls12}").requests(1),
        row("TLS 1.3 only").to("https://{nginx-tls13}").requests(1),
        row("HTTP/2").to("https://{nginx-h2}").flags("-v").says("HTTP 200, HTTP_2").requests(1),
        row("HTTP/1.1 over TLS").to("https://{nginx-tls13}").flags("-v").says("200, HTTP_1_1"),
        row("HTTP/2, one request a connection").to("https://{nginx-h2-once}").requests(1),
        row("ChaCha20 only").to("https://{nginx-chacha}"),
        row("CBC only").to("https://{nginx-cbc}"),
        row("RSA key exchange only").to("https://{nginx-static-rsa}").fails(6, "no common ground"),
        row("X25519 only").to("https://{nginx-x25519}"),
        row("P-384 only").to("https://{nginx-secp384r1}"),
        row("P-521 only").to("https://{nginx-secp521r1}"),
        row("a host name that nginx does not serve")
            .to("https://{nginx-unknown-name}")
            .fails(6, "does not know the host name"),
        row("plain HTTP to the TLS port")
            .to("http://{nginx-tls13}")
            .fails(7, "HTTP 400.*HTTPS port"),
        row("TLS to the port of plain HTTP")
            .to("https://{nginx-plain}")
            .fails(6, "does not speak TLS, most likely plain HTTP"));
  }

  private static List<Row> failures() {
    return List.of(
        row("502: upstream is down").to("http://{nginx-down}").fails(6, "HTTP 502").requests(4),
        row("502: upstream is down, HTTP/2").to("https://{nginx-h2-down}").fails(6, "HTTP 502"),
        row("504: upstream does not answer")
            .to("http://{nginx-silent}")
            .fails(6, "HTTP 504")
            .requests(4),
        row("500").to("http://{nginx-500}").fails(6, "HTTP 500").requests(4),
        row("503: maintenance page").to("http://{nginx-503}").fails(6, "HTTP 503").requests(4),
        row("444: connection closed")
            .to("http://{nginx-444}")
            .fails(6, "without an answer")
            .requests(4),
        row("444: connection closed, HTTP/2").to("https://{nginx-h2-444}").fails(6, "closed|broke"),
        row("upstream closes the connection in the body, HTTP/2")
            .to("https://{nginx-h2-cut}")
            .fails(7, "cut"));
  }

  private static List<Row> pages() {
    return List.of(
        row("401 page, HTTP Basic authentication")
            .to("http://{nginx-password}")
            .fails(4, "HTTP 401")
            .requests(1),
        row("403 page").to("http://{nginx-403}").fails(4, "HTTP 403").requests(1),
        row("404 page").to("http://{nginx-404}").fails(7, "HTTP 404.*HTML page").requests(1),
        row("405 page").to("http://{nginx-405}").fails(7, "HTTP 405.*HTML page").requests(1),
        row("204").to("http://{nginx-204}").fails(7, "HTTP 204").requests(1),
        row("an empty body").to("http://{nginx-empty}").fails(7, "an empty body").requests(1),
        row("200 with an HTML page").to("http://{nginx-html}").fails(7, "HTML page").requests(1));
  }

  private static List<Row> redirects() {
    var rows = new ArrayList<Row>();
    for (int status : List.of(301, 302, 303, 307, 308)) {
      rows.add(
          row("redirect " + status)
              .to("http://{nginx-" + status + "}")
              .fails(7, "a redirect to https://login.test,")
              .requests(1));
    }
    rows.add(row("redirect, HTTP/2").to("https://{nginx-h2-302}").fails(7, "https://login.test"));
    rows.add(row("redirect within the host").to("http://{nginx-slash}").fails(7, "a redirect"));
    return rows;
  }
}
