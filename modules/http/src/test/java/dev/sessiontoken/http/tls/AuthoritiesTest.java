package dev.sessiontoken.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.http.tls.Authorities.CaFile;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.testkit.tls.CertificateForm;
import dev.sessiontoken.testkit.tls.KeyedCertificate;
import dev.sessiontoken.testkit.tls.PemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthoritiesTest {
  private final KeyedCertificate one = KeyedCertificate.root("One");
  private final KeyedCertificate two = KeyedCertificate.root("Two");
  private final List<String> trace = new ArrayList<>();

  @TempDir Path folder;

  @Nested
  class AreTakenFrom {
    @Test
    void theFileThatSslCertFileNames() throws Exception {
      var file = write("some.pem", PemText.certificates(one));
      assertThat(knows(load(Map.of("SSL_CERT_FILE", file.toString())), one)).isTrue();
    }

    @Test
    void allFoldersThatSslCertDirNames() throws Exception {
      write("a/one.pem", PemText.certificates(one));
      write("b/2b2b2b2b.0", PemText.certificates(two));
      var folders = folder.resolve("a") + ":" + folder.resolve("none") + "::" + folder.resolve("b");
      var authorities = load(Map.of("SSL_CERT_DIR", folders));
      assertThat(knows(authorities, one)).isTrue();
      assertThat(knows(authorities, two)).isTrue();
      assertThat(trace).anyMatch(line -> line.contains("none"));
    }

    @Test
    void eachFileOfAHashedFolderOnce() throws Exception {
      write("a/one.pem", PemText.certificates(one));
      Files.createSymbolicLink(folder.resolve("a/1a2b3c4d.0"), Path.of("one.pem"));
      assertThat(load(Map.of("SSL_CERT_DIR", folder.resolve("a").toString())).count()).isOne();
    }

    @Test
    void linksThatLeadOutOfTheFolder() throws Exception {
      write("elsewhere/one.pem", PemText.certificates(one));
      Files.createDirectory(folder.resolve("a"));
      Files.createSymbolicLink(folder.resolve("a/1a2b3c4d.0"), Path.of("../elsewhere/one.pem"));
      assertThat(load(Map.of("SSL_CERT_DIR", folder.resolve("a").toString())).count()).isOne();
    }

    @Test
    void theFirstBundleThatExists() throws Exception {
      var bundles =
          List.of(
              folder.resolve("none"),
              write("1.pem", PemText.certificates(one)),
              write("2.pem", PemText.certificates(two)));
      var authorities =
          Authorities.load(Map.of(), Optional.empty(), Optional.empty(), trace::add, bundles);
      assertThat(knows(authorities, one)).isTrue();
      assertThat(knows(authorities, two)).isFalse();
    }

    @Test
    void theJdkIfThereIsNoBundle() throws Exception {
      var authorities =
          Authorities.load(Map.of(), Optional.empty(), Optional.empty(), trace::add, List.of());
      assertThat(authorities.count()).isGreaterThan(50);
      assertThat(trace).last().asString().contains("of the JDK");
    }

    @Test
    void theBundleIfTheVariablesAreEmpty() throws Exception {
      var empty = Map.of("SSL_CERT_FILE", "", "SSL_CERT_DIR", "");
      var bundles = List.of(write("1.pem", PemText.certificates(one)));
      var authorities =
          Authorities.load(empty, Optional.empty(), Optional.empty(), trace::add, bundles);
      assertThat(knows(authorities, one)).isTrue();
    }

    @Test
    void theUsersFileBesidesTheOthers() throws Exception {
      var environment =
          Map.of("SSL_CERT_FILE", write("one.pem", PemText.certificates(one)).toString());
      var caFile = new CaFile(write("two.pem", PemText.certificates(two)), "the CA file");
      var authorities =
          Authorities.load(environment, Optional.empty(), Optional.of(caFile), trace::add);
      assertThat(knows(authorities, one)).isTrue();
      assertThat(knows(authorities, two)).isTrue();
    }
  }

  @Nested
  class AreReadFromAFile {
    @Test
    void withCommentsAndOtherBlocksBetweenThem() throws Exception {
      var text =
          "# the first -- and -----BEGIN of it\n"
              + PemText.certificates(one)
              + "------------------------------------------\nthe second\n"
              + PemText.block("X509 CRL", new byte[] {1, 2, 3})
              + PemText.certificates(two)
              + "the end";
      assertThat(load(text).count()).isEqualTo(2);
    }

    @Test
    void withTheLineEndsOfWindows() throws Exception {
      var authorities = load(PemText.certificates(one, two).replace("\n", "\r\n"));
      assertThat(knows(authorities, one)).isTrue();
      assertThat(knows(authorities, two)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 60, 61, 63, 65, 76, 1_000_000})
    void withLinesOfAnyLength(int length) throws Exception {
      var text = Base64.getMimeEncoder(length / 4 * 4, new byte[] {'\n'});
      var body = text.encodeToString(one.certificate().getEncoded());
      if (length % 4 != 0)
        body = body.replaceAll("\\s", "").replaceAll("(.{" + length + "})", "$1\n");
      var file = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----";
      assertThat(knows(load(file), one)).isTrue();
    }

    @Test
    void withLinesOfDifferentLengthsAndBlanks() throws Exception {
      var body = Base64.getEncoder().encodeToString(one.certificate().getEncoded());
      var text =
          body.substring(0, 64) + " \n\n" + body.substring(64, 100) + "\n\t" + body.substring(100);
      var file = "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----";
      assertThat(knows(load(file), one)).isTrue();
    }

    @Test
    void withoutABrokenOneInTheMiddle() throws Exception {
      var authorities =
          load(
              PemText.certificates(one)
                  + PemText.block("CERTIFICATE", new byte[99])
                  + PemText.certificates(two));
      assertThat(authorities.count()).isEqualTo(2);
      assertThat(knows(authorities, two)).isTrue();
      assertThat(trace).anyMatch(line -> line.contains("certificate 2 is broken"));
    }

    @Test
    void withoutOneThatIsCutShort() throws Exception {
      var cut = PemText.certificates(one).replaceAll("\n[^\n]*\n-----END", "\n-----END");
      assertThat(load(cut + PemText.certificates(two)).count()).isOne();
    }

    @Test
    void withoutOneThatHasNoEnd() throws Exception {
      var authorities =
          load(
              PemText.certificates(one).replaceAll("-----END.*\n", "") + PemText.certificates(two));
      assertThat(authorities.count()).isOne();
      assertThat(knows(authorities, two)).isTrue();
      assertThat(trace).anyMatch(line -> line.contains("has no end"));
    }

    @Test
    void withoutOneThatTurnsOutToBeBrokenWhenItIsAskedFor() throws Exception {
      var text = PemText.certificates(one);
      int middle = text.length() - 100;
      var broken = text.substring(0, middle) + "!" + text.substring(middle + 1);
      var authorities = load(broken + PemText.certificates(two));
      assertThat(knows(authorities, one)).isFalse();
      assertThat(trace).last().asString().contains("broken");
    }
  }

  @Nested
  class AreRefused {
    @Test
    void ifTheUsersFileDoesNotExist() {
      var caFile = Optional.of(new CaFile(folder.resolve("none.pem"), "CODER_CA_FILE"));
      assertThatThrownBy(() -> Authorities.load(Map.of(), Optional.empty(), caFile, trace::add))
          .isInstanceOf(NotConfigured.class)
          .hasMessage(
              "read the certificate authorities: CODER_CA_FILE names %s, which does not exist",
              folder.resolve("none.pem"));
    }

    @Test
    void ifTheUsersFileIsAFolder() {
      var caFile = Optional.of(new CaFile(folder, "the CA file"));
      assertThatThrownBy(() -> Authorities.load(Map.of(), Optional.empty(), caFile, trace::add))
          .isInstanceOf(NotConfigured.class)
          .hasMessageContaining("the CA file names " + folder + ", which cannot be read");
    }

    @Test
    void ifTheFileHoldsOtherBlocks() throws Exception {
      String text =
          "-----BEGIN CERTIFICATE REQUEST-----\nAAAA\n-----END CERTIFICATE REQUEST-----\n";
      var environment = Map.of("SSL_CERT_FILE", write("some.pem", text).toString());
      assertThatThrownBy(() -> load(environment))
          .hasMessageEndingWith("which holds no certificate, only CERTIFICATE REQUEST");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no certificate", "-----BEGIN CERTIFICATE-----\nAAAA\n"})
    void ifTheFileHoldsNoCertificate(String text) throws Exception {
      var environment = Map.of("SSL_CERT_FILE", write("some.pem", text).toString());
      assertThatThrownBy(() -> load(environment))
          .isInstanceOf(NotConfigured.class)
          .hasMessageContaining("SSL_CERT_FILE names")
          .hasMessageEndingWith("which holds no certificate");
    }

    @Test
    void ifNoFolderHoldsACertificate() {
      assertThatThrownBy(() -> load(Map.of("SSL_CERT_DIR", folder.toString())))
          .isInstanceOf(NotConfigured.class)
          .hasMessageContaining("SSL_CERT_DIR");
    }

    @Test
    void ifTheFileIsEndless() {
      assertThatThrownBy(() -> load(Map.of("SSL_CERT_FILE", "/dev/zero")))
          .isInstanceOf(NotConfigured.class)
          .hasMessageContaining("cannot be read")
          .hasRootCauseMessage("larger than 16 MiB");
    }
  }

  @Test
  void findsEachAuthorityOfTheMachinesBundleByItsName() throws Exception {
    var authorities = Authorities.load(Map.of(), Optional.empty(), Optional.empty(), trace::add);
    var jdk = Authorities.load(Map.of(), Optional.empty(), Optional.empty(), trace::add, List.of());
    assertThat(authorities.count()).isPositive();
    assertThat(jdk.count()).isPositive();
    assertThat(trace).noneMatch(line -> line.contains("skipped"));
  }

  private Authorities load(String text) throws Exception {
    return load(Map.of("SSL_CERT_FILE", write("some.pem", text).toString()));
  }

  private Authorities load(Map<String, String> environment) throws NotConfigured {
    return Authorities.load(environment, Optional.empty(), Optional.empty(), trace::add);
  }

  private static boolean knows(Authorities authorities, KeyedCertificate authority) {
    var server = authority.issue(CertificateForm.server("localhost")).certificate();
    return authorities.namedBy(new X509Certificate[] {server}).contains(authority.certificate());
  }

  private Path write(String name, String text) throws IOException {
    var file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
