package dev.sessiontoken.testkit;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException.Rejected;
import dev.sessiontoken.testkit.FakeServer.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
  public SessionToken exchange(String endpoint, Map<String, String> evidence) throws Rejected {
    var body = Json.createObjectBuilder();
    evidence.forEach(body::add);
    String path = "/api/v2/workspaceagents/" + endpoint;
    var request = new SeenRequest("POST", path, Map.of(), headers(), body.build().toString());
    var reply = exchanges.reply(endpoint, request);
    var answer = read(reply);
    if (reply.status() == 200) return SessionToken.of(answer.getString("session_token"));
    throw new Rejected(
        "POST " + deployment + path,
        "HTTP " + reply.status() + ": " + answer.getString("message").replaceFirst("\\.$", ""),
        "does the deployment know this machine?",
        null);
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
