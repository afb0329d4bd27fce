package dev.sessiontoken.testkit;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ServiceHttp;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import dev.sessiontoken.testkit.FakeServer.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A provider's context that calls the fake deployment directly, without HTTP. */
record CoderContext(URI deployment, Exchanges exchanges, Map<String, String> options)
    implements ProviderContext {

  @Override
  public Optional<String> option(String name) {
    return Optional.ofNullable(options.get(name));
  }

  @Override
  public Deadline deadline() {
    return Deadline.in(Duration.ofSeconds(10));
  }

  @Override
  public ServiceHttp http() {
    return new DirectHttp(deadline());
  }

  @Override
  public SessionToken exchange(String endpoint, Map<String, String> evidence)
      throws SessionTokenException {
    var body = Json.createObjectBuilder();
    evidence.forEach(body::add);
    String path = "/api/v2/workspaceagents/" + endpoint;
    var request = new SeenRequest("POST", path, Map.of(), headers(), body.build().toString());
    var reply = exchanges.reply(endpoint, request);
    var answer = read(reply);
    if (reply.status() == 200) return SessionToken.of(answer.getString("session_token"));
    String step = "POST " + deployment + path;
    String problem =
        "HTTP " + reply.status() + ": " + answer.getString("message").replaceFirst("\\.$", "");
    throw failure(reply.status(), exchanges.has(endpoint), step, problem);
  }

  /** The kinds are those of {@code dev.sessiontoken.client}. */
  private static SessionTokenException failure(
      int status, boolean isKnown, String step, String problem) {
    if (status == 408 || status == 425 || status == 429 || status >= 500) {
      return new Unreachable(step, problem, "try again later", null);
    }
    boolean isRefusal = Set.of(400, 401, 403, 404, 409).contains(status);
    return isKnown && isRefusal
        ? new Rejected(step, problem, "does the deployment know this machine?", null)
        : new BadAnswer(step, problem, "does the deployment have this exchange?", null);
  }

  private static Map<String, List<String>> headers() {
    return Map.of("content-type", List.of("application/json"));
  }

  private static JsonObject read(Reply reply) {
    try (var reader = Json.createReader(new StringReader(reply.body()))) {
      return reader.readObject();
    }
  }

  /** Leaves the options out: some are secrets. */
  @Override
  public String toString() {
    return "CoderContext[deployment=" + deployment + "]";
  }
}
