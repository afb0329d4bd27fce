package dev.sessiontoken.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.ProviderOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderIndexTest {

  @Test
  void roundTrips() throws Exception {
    var file = ProviderOption.plain("file", "FILE", "a file").withDefault("/etc/token");
    var key = ProviderOption.secret("key", "", "a key").asRequired();
    var providers =
        List.of(
            new ProviderDescription("one", "house.One", List.of(file, key)),
            new ProviderDescription("two", "house.Two", List.of()));
    assertThat(ProviderIndex.parse(ProviderIndex.text(providers))).isEqualTo(providers);
  }

  @Test
  void hasTheDocumentedForm() {
    var option = ProviderOption.secret("key", "KEY", "a key").asRequired().withDefault("s3cr3t");
    var provider = new ProviderDescription("one", "house.One", List.of(option));
    assertThat(ProviderIndex.text(List.of(provider)))
        .isEqualTo("one=house.One\n\tkey\tKEY\tsecret required\t\ta key\n");
  }

  @Test
  void descriptionsCannotBreakTheLines() throws Exception {
    var option = ProviderOption.plain("key", "K\tK", "a\tkey\nevil=house.Evil").withDefault("\n");
    var provider = new ProviderDescription("one", "house.One", List.of(option));
    assertThat(ProviderIndex.parse(ProviderIndex.text(List.of(provider))))
        .singleElement()
        .extracting(ProviderDescription::name)
        .isEqualTo("one");
  }

  @Test
  void commentsAndBlankLinesAreIgnored() throws Exception {
    assertThat(ProviderIndex.parse("# made by hand\n\none = house.One\n"))
        .containsExactly(new ProviderDescription("one", "house.One", List.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one",
        "One=house.One",
        "=house.One",
        "one=",
        "\tkey\tKEY\t\t\ta key",
        "one=a\n\tk"
      })
  void anInvalidLineIsRefused(String text) {
    assertThatThrownBy(() -> ProviderIndex.parse(text))
        .isInstanceOf(UnusableJarException.class)
        .hasMessageStartingWith("its index has a line that is no provider and no option: ");
  }
}
