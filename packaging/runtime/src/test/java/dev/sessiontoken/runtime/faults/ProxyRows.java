package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.testkit.raw.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Proxies: Squid, the only one that resolves coder.test, and scripted ones that misbehave. */
final class ProxyRows {
  private static final String PLAIN = "http://coder.test:{nginx-plain:port}";
  private static final String SECURE = "https://coder.test:{chain-p256:port}";
  private static final String USER = "user:pass%3Aw%40rd%20hunter2@";
  private static final String UNRESOLVED = "coder.test cannot be resolved";

  private static final String ESTABLISHED = "HTTP/1.1 200 Connection established\r\n\r\n";

  private ProxyRows() {}

  private static Row row(String name) {
    return Row.of("proxy", name);
  }

  static List<Row> rows() {
    var rows = new ArrayList<Row>();
    rows.addAll(choice());
    rows.addAll(passwords());
    rows.addAll(exceptions());
    rows.addAll(values());
    rows.addAll(behindIt());
    rows.addAll(misbehaving());
    return rows;
  }

  private static List<Row> choice() {
    return List.of(
        row("no proxy, for a host name that only the proxy resolves")
            .to(PLAIN)
            .fails(6, UNRESOLVED),
        row("HTTP_PROXY").to(PLAIN).with("HTTP_PROXY", "http://{squid}").requests(1),
        row("http_proxy").to(PLAIN).with("http_proxy", "http://{squid}").requests(1),
        row("HTTPS_PROXY").to(SECURE).with("HTTPS_PROXY", "http://{squid}").requests(1),
        row("https_proxy").to(SECURE).with("https_proxy", "http://{squid}").requests(1),
        row("ALL_PROXY for http").to(PLAIN).with("ALL_PROXY", "http://{squid}").requests(1),
        row("ALL_PROXY for https").to(SECURE).with("ALL_PROXY", "http://{squid}").requests(1),
        row("proxy URL without a scheme").to(SECURE).with("HTTPS_PROXY", "{squid}").requests(1),
        row("HTTP_PROXY is not used for https")
            .to(SECURE)
            .with("HTTP_PROXY", "http://{squid}")
            .fails(6, UNRESOLVED),
        row("HTTPS_PROXY is not used for http")
            .to(PLAIN)
            .with("HTTPS_PROXY", "http://{squid}")
            .fails(6, UNRESOLVED),
        row("HTTPS_PROXY overrides ALL_PROXY")
            .to(SECURE)
            .with("HTTPS_PROXY", "http://{squid}")
            .with("ALL_PROXY", "http://{dead}")
            .requests(1),
        row("HTTP_PROXY in a CGI script")
            .to(PLAIN)
            .with("HTTP_PROXY", "http://{squid}")
            .with("REQUEST_METHOD", "GET")
            .fails(6, UNRESOLVED),
        row("http_proxy in a CGI script")
            .to(PLAIN)
            .with("http_proxy", "http://{squid}")
            .with("REQUEST_METHOD", "GET")
            .requests(1),
        row("-v names the proxy")
            .to(SECURE)
            .with("HTTPS_PROXY", "http://{squid}")
            .flags("-v")
            .says("proxy 127\\.0\\.0\\.1:\\d+ from HTTPS_PROXY"));
  }

  private static List<Row> passwords() {
    return List.of(
        row("password, http").to(PLAIN).with("HTTP_PROXY", "http://" + USER + "{squid-password}"),
        row("password, https")
            .to(SECURE)
            .with("HTTPS_PROXY", "http://" + USER + "{squid-password}")
            .requests(1),
        row("password, https, -v")
            .to(SECURE)
            .with("HTTPS_PROXY", "http://" + USER + "{squid-password}")
            .flags("-v")
            .says("from HTTPS_PROXY"),
        row("wrong password, http")
            .to(PLAIN)
            .with("HTTP_PROXY", "http://user:wrongpass@{squid-password}")
            .fails(6, "HTTP 407: the proxy .* refuses user and password"),
        row("wrong password, https")
            .to(SECURE)
            .with("HTTPS_PROXY", "http://user:wrongpass@{squid-password}")
            .fails(6, "HTTP 407: the proxy .* refuses user and password"),
        row("no password, http")
            .to(PLAIN)
            .with("HTTP_PROXY", "http://{squid-password}")
            .fails(6, "HTTP 407: the proxy .* wants user and password"),
        row("no password, https")
            .to(SECURE)
            .with("HTTPS_PROXY", "http://{squid-password}")
            .fails(6, "HTTP 407: the proxy .* wants user and password"),
        row("proxy refuses every request, http")
            .to(PLAIN)
            .with("HTTP_PROXY", "http://{squid-shut}")
            .fails(4, "HTTP 403"),
        row("proxy refuses every request, https")
            .to(SECURE)
            .with("HTTPS_PROXY", "http://{squid-shut}")
            .fails(6, "proxy refuses to connect: HTTP 403.*HTTPS_PROXY"));
  }

  private static Row exception(String list, boolean isDirect) {
    var row =
        row("NO_PROXY=" + list + (isDirect ? " matches" : " does not match"))
            .to(PLAIN)
            .with("HTTP_PROXY", "http://{squid}")
            .with("NO_PROXY", list);
    return isDirect ? row.fails(6, UNRESOLVED) : row.requests(1);
  }

  private static List<Row> exceptions() {
    return List.of(
        exception("coder.test", true),
        exception(".test", true),
        exception("test", true),
        exception("*.test", true),
        exception("CODER.TEST", true),
        exception("a.test, coder.test ,b.test", true),
        exception("coder.test:{nginx-plain:port}", true),
        exception("*", true),
        exception("coder.test:1", false),
        exception(".coder.test", false),
        exception("oder.test", false),
        exception("127.0.0.0/8", false),
        row("no_proxy")
            .to(PLAIN)
            .with("HTTP_PROXY", "http://{squid}")
            .with("no_proxy", "coder.test")
            .fails(6, UNRESOLVED),
        row("NO_PROXY, reported by -v")
            .to(PLAIN)
            .with("HTTP_PROXY", "http://{squid}")
            .with("NO_PROXY", ".test")
            .flags("-v")
            .fails(6, "no proxy: NO_PROXY matches \\.test"),
        row("no proxy for 127.0.0.1")
            .to("http://{nginx-plain}")
            .with("HTTP_PROXY", "http://{dead}")
            .requests(1),
        row("no proxy for localhost")
            .to("https://localhost:{chain-p256:port}")
            .with("HTTPS_PROXY", "http://{dead}")
            .requests(1));
  }

  private static Row value(String name, String value, String says) {
    return row(name).to(SECURE).with("HTTPS_PROXY", value).fails(3, "HTTPS_PROXY " + says);
  }

  private static List<Row> values() {
    return List.of(
        value("proxy URL with https://", "https://{squid}", "names a proxy that speaks https"),
        value("proxy URL with socks5://", "socks5://{squid}", "names a proxy that speaks socks5"),
        value(
            "proxy URL that cannot be parsed",
            "http://user:hunter2@:port",
            "is not the URL of a proxy"),
        value("stray % in the password", "http://u:hunter2%zz@{squid}", "has a stray %"),
        value("/ in the password", "http://u:hunter2/x@{squid}", ".*"),
        row("proxy host without DNS entry")
            .to(SECURE)
            .with("HTTPS_PROXY", "http://u:hunter2@proxy.invalid:3128")
            .fails(6, "host name proxy\\.invalid cannot be resolved"),
        row("proxy port is closed, http")
            .to(PLAIN)
            .with("HTTP_PROXY", "http://{dead}")
            .fails(6, "through the proxy"),
        row("proxy port is closed, https")
            .to(SECURE)
            .with("HTTPS_PROXY", "http://u:hunter2@{dead}")
            .fails(6, "cannot connect.*through the proxy 127.*HTTPS_PROXY"));
  }

  private static List<Row> behindIt() {
    return List.of(
        row("expired certificate behind the proxy")
            .to("https://coder.test:{chain-expired:port}")
            .with("HTTPS_PROXY", "http://{squid}")
            .fails(6, "certificate of the server expired on"),
        row("client certificate through the proxy")
            .to("https://coder.test:{nginx-mtls13:port}")
            .with("HTTPS_PROXY", "http://{squid}")
            .flags("--client-cert-file", "{client-rsa.pem}", "--client-key-file", "{client-rsa.p8}")
            .requests(1),
        row("HTTP/2 through the proxy")
            .to("https://coder.test:{nginx-h2:port}")
            .with("HTTPS_PROXY", "http://{squid}")
            .requests(1),
        row("wildcard certificate behind the proxy")
            .to("https://coder.test:{chain-wildcard:port}")
            .with("HTTPS_PROXY", "http://{squid}")
            .requests(1),
        row("wildcard certificate, host name one label too long")
            .to("https://git.corp.test:{chain-wildcard:port}")
            .with("HTTPS_PROXY", "http://{squid}")
            .fails(6, "is for \\*\\.test"),
        row("closed port behind the proxy, https")
            .to("https://coder.test:1")
            .with("HTTPS_PROXY", "http://{squid}")
            .fails(6, "proxy refuses to connect: HTTP 503.*4 tries"),
        row("closed port behind the proxy, http")
            .to("http://coder.test:1")
            .with("HTTP_PROXY", "http://{squid}")
            .fails(6, "HTTP 503"),
        row("host name that the proxy cannot resolve")
            .to("https://nohost.invalid")
            .with("HTTPS_PROXY", "http://{squid}")
            .fails(6, "proxy refuses to connect: HTTP 50[03]"),
        row("502 from behind the proxy, http")
            .to("http://coder.test:{nginx-down:port}")
            .with("HTTP_PROXY", "http://{squid}")
            .fails(6, "HTTP 502")
            .requests(4));
  }

  private static Row scripted(String name, Script script) {
    return row(name).to("https://coder.test").with("HTTPS_PROXY", "http://{server}").server(script);
  }

  /**
   * Sends bytes after CONNECT. Reads the client's TLS greeting first: closing a socket with unread
   * bytes would reset the connection.
   */
  private static Script afterConnect(String bytes) {
    return (wire, _) -> {
      wire.readRequest();
      wire.write(ESTABLISHED);
      wire.readSome();
      wire.write(bytes);
    };
  }

  private static List<Row> misbehaving() {
    return List.of(
        scripted("closes the connection at CONNECT", Script.sends("")).fails(6, "proxy"),
        scripted("closes the connection after CONNECT", afterConnect(""))
            .fails(6, "hung up during the TLS"),
        scripted("sends an SSH greeting after CONNECT", afterConnect("SSH-2.0-x\r\n"))
            .fails(6, "does not speak TLS"),
        scripted("answers CONNECT by an SSH greeting", Script.sends("SSH-2.0-x\r\n"))
            .fails(7, "no HTTP"),
        scripted("does not answer CONNECT", Script.stallsAfter(""))
            .flags("--timeout", "1s")
            .fails(6, "time limit reached")
            .within(Duration.ofSeconds(8)),
        scripted("redirects CONNECT", Script.sends(Answers.failure("302 Found", "Location: /x")))
            .fails(6, "proxy refuses to connect: HTTP 302.*HTTPS_PROXY"),
        scripted(
                "requires NTLM authentication",
                Script.sends(Answers.failure("407 No", "Proxy-Authenticate: NTLM")))
            .fails(6, "HTTP 407"),
        scripted(
                "answers CONNECT by 502, then 407",
                Script.inTurn(
                    Script.sends(Answers.failure("502 Bad")),
                    Script.sends(Answers.failure("407 x"))))
            .fails(6, "HTTP 407")
            .requests(2));
  }
}
