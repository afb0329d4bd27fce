package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.Fault;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call but {@code exchange} sends the token of the source. */
class EveryCallTest extends ClientTest {

  /** One call of the client, with valid arguments. */
  interface Sample {
    Object call(CoderClient client) throws Exception;
  }

  private static final LogEntry LINE = new LogEntry(Instant.EPOCH, LogLevel.INFO, "line");
  private static final AppStatus STATUS =
      new AppStatus(FakeCoder.APP, AppStatus.State.IDLE, "", Optional.empty());

  /** Public methods that send the token, by signature. */
  private static final Map<String, Sample> WITH_TOKEN =
      Map.of(
          "externalAuth(ExternalAuthQuery, Deadline)",
              client -> client.externalAuth(ExternalAuthQuery.id("github"), soon()),
          "awaitExternalAuth(ExternalAuthQuery, Deadline)",
              client -> client.awaitExternalAuth(ExternalAuthQuery.url("github.com"), soon()),
          "providers(Deadline)", client -> client.providers(soon()),
          "gitSshKey(Deadline)", client -> client.gitSshKey(soon()),
          "logSource(LogSource, Deadline)",
              client -> {
                client.logSource(new LogSource(UUID.randomUUID(), "script", ""), soon());
                return client;
              },
          "sendLogs(Optional, List, Deadline)",
              client -> client.sendLogs(Optional.empty(), List.of(LINE), soon()),
          "reportStatus(AppStatus, Deadline)", client -> client.reportStatus(STATUS, soon()),
          "reinitializations()",
              client -> {
                try (var events = client.reinitializations()) {
                  return events.next(soon());
                }
              });

  /**
   * Public methods that send no token, by signature: evidence is sent in exchange for one, and the
   * version of a deployment is public.
   */
  private static final Set<String> WITHOUT_TOKEN =
      Set.of(
          "exchange(String, Map, Deadline)", "buildInfo(Deadline)", "close()", "close(Duration)");

  static Stream<String> publicMethods() {
    return Arrays.stream(CoderClient.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
        .filter(method -> !Modifier.isStatic(method.getModifiers())) // makes a client
        .map(EveryCallTest::signature);
  }

  private static String signature(Method method) {
    var types = Arrays.stream(method.getParameterTypes()).map(Class::getSimpleName).toList();
    return method.getName() + "(" + String.join(", ", types) + ")";
  }

  @ParameterizedTest
  @MethodSource("publicMethods")
  void carriesTheTokenOfTheSource(String method) throws Exception {
    if (WITHOUT_TOKEN.contains(method)) return;
    var sample = WITH_TOKEN.get(method);
    if (sample == null) fail("give a sample of " + method + ", or say why it needs no token");
    else sample.call(client());
    assertThat(coder.requests())
        .isNotEmpty()
        .allSatisfy(request ->
            assertThat(request.sessionToken()).isEqualTo(Optional.of(coder.agentToken())));
  }

  @ParameterizedTest
  @MethodSource("publicMethods")
  void asksTheSourceAgainAfterARefusal(String method) throws Exception {
    var sample = WITH_TOKEN.get(method);
    if (sample == null) return;
    coder.fault(Fault.json(401, "{\"message\":\"no\"}"));
    sample.call(client(Tokens.renewing("stale", coder.agentToken())));
    assertThat(coder.requests())
        .extracting(request -> request.sessionToken().orElse("none"))
        .containsExactly("stale", coder.agentToken());
  }

  /** coderd sets the cookie csrf_token with each answer. */
  @ParameterizedTest
  @MethodSource("publicMethods")
  void sendsNoCookieBack(String method) throws Exception {
    var sample = WITH_TOKEN.get(method);
    if (sample == null) return;
    var client = client();
    client.gitSshKey(soon());
    sample.call(client);
    assertThat(coder.requests())
        .hasSize(2)
        .allSatisfy(request -> assertThat(request.headers()).doesNotContainKey("cookie"));
  }

  @Test
  void theListsNameExistingMethodsOnly() {
    assertThat(publicMethods().toList())
        .containsAll(WITH_TOKEN.keySet())
        .containsAll(WITHOUT_TOKEN);
  }
}
