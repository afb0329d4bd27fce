package dev.sessiontoken.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.sessiontoken.testkit.Fault;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** Public methods that send the token, by signature. */
  private static final Map<String, Sample> WITH_TOKEN =
      Map.of(
          "externalAuth(ExternalAuthQuery, Deadline)",
              client -> client.externalAuth(ExternalAuthQuery.id("github"), soon()),
          "awaitExternalAuth(ExternalAuthQuery, Deadline)",
              client -> client.awaitExternalAuth(ExternalAuthQuery.url("github.com"), soon()),
          "providers(Deadline)", client -> client.providers(soon()),
          "gitSshKey(Deadline)", client -> client.gitSshKey(soon()));

  /** Public methods that send no token, by signature. */
  private static final Set<String> WITHOUT_TOKEN =
      Set.of("exchange(String, Map, Deadline)", "close()");

  static Stream<String> publicMethods() {
    return Arrays.stream(CoderClient.class.getDeclaredMethods())
        .filter(method -> Modifier.isPublic(method.getModifiers()) && !method.isSynthetic())
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

  @Test
  void theListsNameExistingMethodsOnly() {
    assertThat(publicMethods().toList())
        .containsAll(WITH_TOKEN.keySet())
        .containsAll(WITHOUT_TOKEN);
  }
}
