package dev.sessiontoken.testkit;

import dev.sessiontoken.testkit.FakeServer.Reply;
import dev.sessiontoken.testkit.IdentityCheck.Refused;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/** The part of a deployment that trades identity documents for tokens. */
final class Exchanges {
  private final Map<String, SortedMap<String, String>> machines = new ConcurrentHashMap<>();
  private volatile Optional<IdentityCheck> identities = Optional.empty();

  /** How many tokens are still to be issued that are refused from the start. */
  private final AtomicInteger invalidTokensLeft = new AtomicInteger();

  void expireIssuedTokens(int count) {
    invalidTokensLeft.set(count);
  }

  void trust(CloudSigner signer) {
    identities = Optional.of(new IdentityCheck(signer));
  }

  void addAgent(String instanceId, String name, String token) {
    machines.computeIfAbsent(instanceId, id -> new ConcurrentSkipListMap<>()).put(name, token);
  }

  Reply reply(String endpoint, SeenRequest request) {
    if (!request.method().equals("POST")) return new Reply(405, Replies.headers(), "");
    try (var reader = Json.createReader(new StringReader(request.body()))) {
      return reply(endpoint, reader.readObject());
    } catch (JsonException e) {
      return Replies.error(400, "Request body must be valid JSON.", String.valueOf(e.getMessage()));
    }
  }

  private Reply reply(String endpoint, JsonObject evidence) {
    for (String field : IdentityCheck.FIELDS.getOrDefault(endpoint, List.of())) {
      if (evidence.getString(field, "").isEmpty()) {
        return Replies.error(400, "Validation failed.", "");
      }
    }
    try {
      var check = identities.orElseThrow(() -> new Refused("no cloud is trusted"));
      String name = evidence.getString("agent_name", "").strip();
      return issue(check.instanceId(endpoint, evidence), name);
    } catch (Refused e) {
      return Replies.error(
          401, "Invalid " + cloud(endpoint) + " identity.", String.valueOf(e.getMessage()));
    }
  }

  private static String cloud(String endpoint) {
    return switch (endpoint) {
      case "aws-instance-identity" -> "AWS";
      case "azure-instance-identity" -> "Azure";
      default -> "GCP";
    };
  }

  /** As coderd chooses among the agents of a machine, since it takes {@code agent_name}. */
  private Reply issue(String instanceId, String name) {
    var agents = machines.getOrDefault(instanceId, new TreeMap<>());
    if (agents.isEmpty()) {
      return Replies.error(404, "Instance with id \"" + instanceId + "\" not found.", "");
    }
    if (name.isEmpty() && agents.size() > 1) {
      return Replies.error(
          409,
          "Multiple agents found with instance ID \"%s\". Set CODER_AGENT_NAME to one of: %s"
              .formatted(instanceId, String.join(", ", agents.keySet())),
          "");
    }
    String token = name.isEmpty() ? agents.get(agents.firstKey()) : agents.get(name);
    if (token == null) {
      return Replies.error(
          404,
          "No agent found with instance ID \"%s\" and name \"%s\".".formatted(instanceId, name),
          "");
    }
    if (invalidTokensLeft.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      token = UUID.randomUUID().toString();
    }
    return Replies.json(200, Json.createObjectBuilder().add("session_token", token).build());
  }
}
