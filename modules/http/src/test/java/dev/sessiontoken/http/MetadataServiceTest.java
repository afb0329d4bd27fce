package dev.sessiontoken.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.FakeMetadata;
import dev.sessiontoken.testkit.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class MetadataServiceTest {
  private static final Map<String, String> AZURE_HEADER = Map.of("Metadata", "true");
  private static final String DOCUMENT = "/metadata/attested/document?api-version=2020-09-01";

  private final FakeMetadata fake = FakeMetadata.start("i-1");
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();

  @AfterEach
  void stop() {
    fake.close();
  }

  /** A context with a deadline after the given time, on a clock that only pauses advance. */
  private final class Context implements ProviderContext {
    private long now;
    private final Deadline deadline;

    Context(Duration limit) {
      deadline = Deadline.in(limit, () -> now);
    }

    void pause(Duration duration) {
      pauses.add(duration);
      now += duration.toNanos();
    }

    @Override
    public URI deployment() {
      return URI.create("https://coder.example.com");
    }

    @Override
    public Optional<String> option(String name) {
      return Optional.empty();
    }

    @Override
    public Deadline deadline() {
      return deadline;
    }

    @Override
    public void step(String what) {
      steps.add(what);
    }

    @Override
    public SessionToken exchange(String endpoint, Map<String, String> evidence) {
      throw new AssertionError("exchanged");
    }
  }

  private MetadataService service(Cloud cloud, Duration limit) throws NotConfigured {
    var context = new Context(limit);
    return new MetadataService(cloud, fake.url().toString(), "VARIABLE", context, context::pause);
  }

  private void answer(int status, int times) {
    for (int i = 0; i < times; i++) fake.fault(new Fault.Instead(status, Map.of(), "no"));
  }

  @ParameterizedTest
  @CsvSource({
    "EC2, 500, 3", "EC2, 503, 3", "EC2, 404, 1", "EC2, 401, 1", "EC2, 429, 3",
    "AZURE, 404, 6", "AZURE, 410, 6", "AZURE, 429, 6", "AZURE, 500, 4", "AZURE, 400, 1",
    "GOOGLE, 503, 6", "AZURE, 503, 6", "GOOGLE, 404, 1", "GOOGLE, 429, 6", "GOOGLE, 500, 6"
  })
  void triesAgainWhatTheCloudsDocumentationSays(Cloud cloud, int status, int tries)
      throws Exception {
    answer(status, 10);
    try (var metadata = service(cloud, Duration.ofHours(1))) {
      assertThatThrownBy(() -> metadata.get("/x", Map.of()))
          .isInstanceOf(Unreachable.class)
          .hasMessageContaining("HTTP " + status);
    }
    assertThat(fake.requests()).hasSize(tries);
    assertThat(pauses).hasSize(tries - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "429, it limits how often",
    "500, it fails at present",
    "404, is this an EC2 machine?"
  })
  void saysWhatFitsTheStatus(int status, String hint) throws Exception {
    answer(status, 10);
    try (var metadata = service(Cloud.EC2, Duration.ofHours(1))) {
      assertThatThrownBy(() -> metadata.get("/x", Map.of()))
          .isInstanceOfSatisfying(Unreachable.class, e -> assertThat(e.hint()).startsWith(hint));
    }
  }

  @ParameterizedTest
  @EnumSource(Cloud.class)
  void answersWithinTenSecondsWhereNothingIsKnownToPass(Cloud cloud) throws Exception {
    answer(500, 10);
    try (var metadata = service(cloud, Duration.ofHours(1))) {
      assertThatThrownBy(() -> metadata.get("/x", Map.of()))
          .hasMessageContaining("answered HTTP 500")
          .hasMessageNotContaining("time limit");
    }
    assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus))
        .isLessThanOrEqualTo(Duration.ofSeconds(8)); // and two for the last try
  }

  @Test
  void pausesLongerEachTime() throws Exception {
    try (var metadata = service(Cloud.AZURE, Duration.ofHours(1))) {
      metadata.get(
          DOCUMENT,
          AZURE_HEADER); // the fake generates its keys now, which may take longer than a try
    }
    pauses.clear();
    answer(410, 3);
    try (var metadata = service(Cloud.AZURE, Duration.ofHours(1))) {
      assertThat(metadata.get(DOCUMENT, AZURE_HEADER).status()).isEqualTo(200);
    }
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(800), Duration.ofMillis(1600), Duration.ofMillis(3200));
  }

  @Test
  void doesNotPauseBeyondTheDeadline() throws Exception {
    answer(503, 10);
    try (var metadata = service(Cloud.AZURE, Duration.ofSeconds(2))) {
      assertThatThrownBy(() -> metadata.get(DOCUMENT, AZURE_HEADER))
          .isInstanceOf(Unreachable.class)
          .hasMessageContaining("gave HTTP 503 (2 tries), and the time limit leaves no other");
    }
    assertThat(pauses).containsExactly(Duration.ofMillis(800));
  }

  @ParameterizedTest
  @EnumSource(Cloud.class)
  void triesAgainWhenTheConnectionBreaks(Cloud cloud) throws Exception {
    for (int i = 0; i < 2; i++) fake.fault(new Fault.HangUp());
    try (var metadata = service(cloud, Duration.ofHours(1))) {
      assertThat(metadata.get(DOCUMENT, AZURE_HEADER).status()).isEqualTo(200);
    }
  }

  @Test
  void reportsAClosedPort() throws Exception {
    var context = new Context(Duration.ofHours(1));
    try (var metadata =
        new MetadataService(Cloud.GOOGLE, "http://127.0.0.1:1", "V", context, context::pause)) {
      assertThatThrownBy(() -> metadata.get("/x", Map.of()))
          .isInstanceOf(Unreachable.class)
          .hasMessageContainingAll("GET http://127.0.0.1:1/x", "cannot connect", "6 tries");
    }
  }

  @Test
  void endsABodyAtItsLimit() throws Exception {
    fake.fault(new Fault.Endless());
    try (var metadata = service(Cloud.EC2, Duration.ofHours(1))) {
      assertThatThrownBy(() -> metadata.get("/x", Map.of()))
          .isInstanceOf(BadAnswer.class)
          .hasMessageContaining("larger than 65536 bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "<html>", "\n <!doctype html>"})
  void refusesHtmlPagesAndEmptyBodies(String body) throws Exception {
    fake.fault(new Fault.Instead(200, Map.of(), body));
    try (var metadata = service(Cloud.EC2, Duration.ofHours(1))) {
      assertThatThrownBy(() -> metadata.get("/x", Map.of())).isInstanceOf(BadAnswer.class);
    }
    assertThat(fake.requests()).hasSize(1);
  }

  @Test
  void followsNoRedirect() throws Exception {
    fake.fault(Fault.redirect(fake.url() + DOCUMENT));
    try (var metadata = service(Cloud.EC2, Duration.ofHours(1))) {
      assertThatThrownBy(() -> metadata.get("/x", Map.of()))
          .isInstanceOf(BadAnswer.class)
          .hasMessageContaining("HTTP 307, a redirect");
    }
    assertThat(fake.requests()).hasSize(1);
  }

  @Test
  void sendsItsOwnHeadersAndNoneOfTheDeployment() throws Exception {
    try (var metadata = service(Cloud.AZURE, Duration.ofHours(1))) {
      metadata.get(DOCUMENT, AZURE_HEADER);
    }
    var request = fake.requests().getFirst();
    assertThat(request.header("metadata")).contains("true");
    assertThat(request.headers())
        .doesNotContainKeys("upgrade", "http2-settings", "coder-session-token", "proxy-connection");
  }

  @Test
  void reportsEachTryWithoutTheQuery() throws Exception {
    answer(500, 1);
    try (var metadata = service(Cloud.AZURE, Duration.ofHours(1))) {
      metadata.get(DOCUMENT, AZURE_HEADER);
    }
    String step = "GET " + fake.url() + "/metadata/attested/document";
    assertThat(steps).contains(step, step + ", try 2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://h",
        "ftp://h",
        "h:80",
        "http://",
        "http://u:hunter2@h",
        "http://h/?hunter2",
        "http://h h/hunter2"
      })
  void refusesAnInvalidEndpoint(String endpoint) {
    var context = new Context(Duration.ofHours(1));
    assertThatThrownBy(() -> new MetadataService(Cloud.EC2, endpoint, "THE_VARIABLE", context))
        .isInstanceOf(NotConfigured.class)
        .hasMessageContaining("THE_VARIABLE")
        .hasMessageNotContaining("hunter2");
  }
}
