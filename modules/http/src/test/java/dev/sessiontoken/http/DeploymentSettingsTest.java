package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeploymentSettingsTest {
  private final DeploymentSettings settings;

  DeploymentSettingsTest() throws Exception {
    settings = DeploymentSettings.of(URI.create("https://coder.example.com"));
  }

  @Test
  void keepsHeadersInTheirOrder() {
    var names = new ArrayList<String>();
    for (int i = 0; i < 20; i++) names.add("X-" + (i * 7 % 20));
    var with = settings;
    for (String name : names) with = with.withHeader(name, "v");
    assertThat(with.withUserAgent("other").headers().keySet()).containsExactlyElementsOf(names);
  }

  @Test
  void keepsSeveralValuesOfOneHeader() {
    var with = settings.withHeader("A", "1").withHeader("B", "2").withHeader("A", "3");
    assertThat(with.headers()).isEqualTo(Map.of("A", List.of("1", "3"), "B", List.of("2")));
  }

  @Test
  void doesNotChangeWithTheMapThatItWasGiven() {
    var values = new ArrayList<>(List.of("1"));
    var headers = new LinkedHashMap<>(Map.of("A", (List<String>) values));
    var made =
        new DeploymentSettings(
            settings.origin(),
            "agent",
            Map.of(),
            settings.caFile(),
            settings.clientCertificate(),
            headers,
            Trace.none(),
            settings.clock(),
            settings.pause(),
            settings.overrides());
    values.add("2");
    headers.clear();
    assertThat(made.headers()).isEqualTo(Map.of("A", List.of("1")));
  }

  @Test
  void showsNoValueOfAHeader() {
    assertThat(settings.withHeader("A", "hunter2").toString()).doesNotContain("hunter2");
  }
}
