package dev.sessiontoken.cli.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forms of {@code $BROWSER}. */
class BrowserCommandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "firefox ~ firefox \"$1\"",
        "firefox %s ~ firefox \"$1\"",
        "firefox '%s' --100%% ~ firefox \"$1\" --100%",
        "firefox \"%s\" & ~ firefox \"$1\" &",
        "firefox:w3m %s ~ firefox \"$1\" || w3m \"$1\"",
        ":w3m: ~ w3m \"$1\"",
        "env DISPLAY=:0 firefox ~ env DISPLAY=:0 firefox \"$1\"",
        "sh -c 'a:b' ~ sh -c 'a:b' \"$1\"",
        "open --via http://h:1 ~ open --via http://h:1 \"$1\"",
        "open --100% ~ open --100% \"$1\""
      })
  void isACommandOrAListOfThem(String browser, String script) {
    assertThat(Browser.script(browser)).isEqualTo(script);
  }
}
