package dev.sessiontoken.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The bill of materials in the image, by which scanners find known weaknesses. */
class SbomIT {
  private static final String OWN = "dev.sessiontoken.";

  /** Modules whose artifact has another name. */
  private static final Map<String, String> ARTIFACTS =
      Map.of(
          "jakarta.json", "jakarta.json-api",
          "org.eclipse.parsson", "parsson",
          "org.jspecify", "jspecify");

  private List<JsonObject> components = List.of();

  @BeforeEach
  void read() throws Exception {
    var file = Image.folder().resolve("legal/sessiontoken/sessiontoken-runtime-sbom.json");
    try (var reader = Json.createReader(Files.newBufferedReader(file))) {
      components = reader.readObject().getJsonArray("components").getValuesAs(JsonObject.class);
    }
  }

  private Optional<JsonObject> component(String name) {
    return components.stream().filter(each -> each.getString("name").equals(name)).findFirst();
  }

  private static String artifact(String module) {
    return module.startsWith(OWN)
        ? "sessiontoken-" + module.substring(OWN.length()).replace('.', '-')
        : ARTIFACTS.getOrDefault(module, module);
  }

  /** Modules and versions, such as {@code java.base@25}. */
  private static Stream<String> modules() throws Exception {
    String java = Image.folder().resolve("bin/java").toString();
    return Programs.run(java, "--list-modules").lines();
  }

  @Test
  void namesEachModuleOfTheImageWithItsVersion() throws Exception {
    var inJdk =
        component("openjdk").orElseThrow().getJsonArray("components").getValuesAs(JsonObject.class);
    var named =
        Stream.concat(components.stream(), inJdk.stream())
            .map(each -> each.getString("name") + "@" + each.getString("version"));
    String args4j = "args4j@" + component("args4j").orElseThrow().getString("version");
    var wanted =
        modules()
            .map(module -> module.startsWith("args4j@") ? args4j : module)
            .map(module -> module.split("@", 2))
            .map(parts -> artifact(parts[0]) + "@" + parts[1]);
    assertThat(named).containsAll(wanted.toList());
  }

  @Test
  void givesAHashForEachJarAndForTheJdk() {
    assertThat(components)
        .allSatisfy(each -> assertThat(each.getJsonArray("hashes").toString()).contains("SHA-256"));
  }

  @Test
  void namesWhatScannersLookUp() {
    assertThat(component("openjdk").orElseThrow().getString("cpe"))
        .matches("cpe:2\\.3:a:oracle:openjdk:25[.0-9]*(:\\*){7}");
    assertThat(component("args4j").orElseThrow().getString("purl"))
        .matches("pkg:maven/args4j/args4j@[.0-9]+\\?type=jar");
  }
}
