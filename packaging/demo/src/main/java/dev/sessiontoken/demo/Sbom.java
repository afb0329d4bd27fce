package dev.sessiontoken.demo;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Properties;

/**
 * Adds to the image's bill of materials (CycloneDX 1.6) what Maven knows no dependency for: the
 * args4j that packaging/args4j unpacks, and the JDK with those of its modules that the image holds.
 */
final class Sbom {
  private Sbom() {}

  /**
   * Takes the image's folder, the JDK's, the folder of the unpacked jars, and the file to change.
   */
  public static void main(String[] args) throws IOException {
    var file = Path.of(args[3]);
    JsonObject sbom;
    try (var reader = Json.createReader(Files.newBufferedReader(file))) {
      sbom = reader.readObject();
    }
    var components = Json.createArrayBuilder(sbom.getJsonArray("components"));
    try (var jars = Files.newDirectoryStream(Path.of(args[2]), "*.jar")) {
      for (var jar : jars) components.add(args4j(jar));
    }
    components.add(jdk(Path.of(args[0]), Path.of(args[1])));
    var whole = Json.createObjectBuilder(sbom).add("components", components).build();
    Files.writeString(file, whole + "\n");
  }

  /** Named as Maven names it, such as {@code args4j-2.37.jar}. */
  private static JsonObjectBuilder args4j(Path jar) throws IOException {
    String name = String.valueOf(jar.getFileName());
    String version = name.substring(name.indexOf('-') + 1, name.length() - ".jar".length());
    String purl = "pkg:maven/args4j/args4j@" + version + "?type=jar";
    return Json.createObjectBuilder()
        .add("type", "library")
        .add("bom-ref", purl)
        .add("group", "args4j")
        .add("name", "args4j")
        .add("version", version)
        .add("hashes", sha256(jar))
        .add("licenses", license("MIT"))
        .add("purl", purl);
  }

  private static JsonObjectBuilder jdk(Path image, Path jdk) throws IOException {
    var release = new Properties();
    try (var in = Files.newBufferedReader(jdk.resolve("release"))) {
      release.load(in);
    }
    String build = unquoted(release, "JAVA_RUNTIME_VERSION");
    String version = unquoted(release, "JAVA_VERSION");
    String purl = "pkg:generic/oracle/openjdk@" + build.replace("+", "%2B"); // as scanners name it
    return Json.createObjectBuilder()
        .add("type", "platform")
        .add("bom-ref", purl)
        .add("publisher", unquoted(release, "IMPLEMENTOR"))
        .add("name", "openjdk")
        .add("version", build)
        .add("description", "The hash is that of the file lib/modules of the JDK.")
        .add("hashes", sha256(jdk.resolve("lib/modules")))
        .add("licenses", license("GPL-2.0-with-classpath-exception"))
        .add("cpe", "cpe:2.3:a:oracle:openjdk:" + version + ":*:*:*:*:*:*:*")
        .add("purl", purl)
        .add("components", modules(image, purl, version));
  }

  private static String unquoted(Properties release, String name) {
    return release.getProperty(name, "").replace("\"", "");
  }

  /** The image has a folder of licences for each module of the JDK. */
  private static JsonArrayBuilder modules(Path image, String purl, String version)
      throws IOException {
    var modules = Json.createArrayBuilder();
    var system = ModuleFinder.ofSystem();
    List<String> names;
    try (var folders = Files.list(image.resolve("legal"))) {
      names = folders.map(folder -> String.valueOf(folder.getFileName())).sorted().toList();
    }
    for (String name : names) {
      if (system.find(name).isEmpty()) continue;
      modules.add(
          Json.createObjectBuilder()
              .add("type", "library")
              .add("bom-ref", purl + "#" + name)
              .add("name", name)
              .add("version", version));
    }
    return modules;
  }

  private static JsonArrayBuilder license(String id) {
    var license = Json.createObjectBuilder().add("id", id);
    return Json.createArrayBuilder().add(Json.createObjectBuilder().add("license", license));
  }

  private static JsonArrayBuilder sha256(Path file) throws IOException {
    return Json.createArrayBuilder()
        .add(Json.createObjectBuilder().add("alg", "SHA-256").add("content", digest(file)));
  }

  private static String digest(Path file) throws IOException {
    try (var in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e); // every JDK has SHA-256
    }
  }
}
