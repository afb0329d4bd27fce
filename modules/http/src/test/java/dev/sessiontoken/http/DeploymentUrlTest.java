package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeploymentUrlTest {

  @ParameterizedTest
  @CsvSource({
    "https://coder.example.com, https://coder.example.com",
    "https://coder.example.com/, https://coder.example.com",
    "https://coder.example.com/path/to?query=1#fragment, https://coder.example.com",
    "http://localhost:3000, http://localhost:3000",
    "http://localhost:65535/, http://localhost:65535",
    "http://127.0.0.1:1, http://127.0.0.1:1",
    "HTTPS://coder.example.com, https://coder.example.com",
    "hTTp://coder.example.com:80?x, http://coder.example.com:80",
    "https://[::1]:8443/x, https://[::1]:8443",
    "http://[2001:db8::1], http://[2001:db8::1]",
    "https://xn--bcher-kva.example, https://xn--bcher-kva.example",
    "https://bücher.example, https://xn--bcher-kva.example",
    "http://BÜCHER.example:8080/x, http://xn--bcher-kva.example:8080",
    "https://coder.example.com., https://coder.example.com",
    "https://coder.example.com.:8443, https://coder.example.com:8443",
    "http://coder.example.com., http://coder.example.com.",
    "http://[fe80::1%25eth0]:7080, http://[fe80::1%eth0]:7080",
    "https://coder.example.com/a@b, https://coder.example.com"
  })
  void takesSchemeHostAndPort(String url, URI origin) throws Exception {
    assertThat(DeploymentUrl.origin(url)).isEqualTo(origin).hasToString(origin.toString());
  }

  private static void refused(String url, String problem) {
    assertThatThrownBy(() -> DeploymentUrl.origin(url))
        .isInstanceOf(NotConfigured.class)
        .hasMessage("read the deployment's URL: " + problem)
        .hasNoCause()
        .extracting(e -> ((NotConfigured) e).hint())
        .isEqualTo("a deployment's URL looks like https://coder.example.com");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "coder.example.com",
        "//coder.example.com",
        "localhost:3000",
        "/x",
        "mailto:a@b",
        "user:s3cr3t@host"
      })
  void refusesOtherUrls(String url) {
    refused(url, "it does not begin with http:// or https://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp", "ws", "file", "unix"})
  void refusesOtherSchemes(String scheme) {
    refused(scheme + "://u:s3cr3t@coder.example.com", scheme + " is neither http nor https");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://s3cr3t@h",
        "https://u:s3cr3t@h",
        "https://:@h",
        "https://@h",
        "http://u:s3cr3t@h_h:1/x",
        "https://u@s3cr3t@h"
      })
  void refusesUserInfoWithoutRepeatingIt(String url) {
    assertThatThrownBy(() -> DeploymentUrl.origin(url))
        .hasMessageEndingWith("it holds a user name or password, which belong nowhere near it")
        .hasNoCause()
        .extracting(e -> ((NotConfigured) e).hint())
        .asString()
        .contains("Authorization=Basic")
        .doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http:///path",
        "http:x",
        "https:/x",
        "http://:80",
        "http://h:x",
        "http://h:-1",
        "http://h:99999999999",
        "http://-h",
        "http://bü_cher.example",
        "http://h%41",
        "http://1.2.3"
      })
  void refusesUrlsWithoutAHost(String url) {
    refused(url, "it names no valid host");
  }

  @Test
  void saysWhatIsWrongWithAnUnderscore() {
    refused(
        "http://a_b:3000",
        "its host name holds an underscore, which the JDK does not accept: give the host an alias without one, or use its address");
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://h:0", "https://h:65536", "https://h:70000/x"})
  void refusesInvalidPorts(String url) {
    refused(url, "its port is not between 1 and 65535");
  }

  @ParameterizedTest
  @CsvSource({
    "http://, 8", // as the JDK counts: after the last character
    "' https://h', 1",
    "'https://h ', 10",
    "https://u:s3 cr3t@h, 13",
    "'https://h/\u001b', 11",
    "'https://h\n', 10",
    "127.0.0.1:3000, 1",
    "http://[::1, 12"
  })
  void refusesSyntaxErrorsWithTheirPosition(String url, int character) {
    refused(url, "it is no URL, from character " + character + " on");
  }
}
