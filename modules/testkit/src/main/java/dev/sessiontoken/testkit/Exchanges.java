package dev.sessiontoken.testkit;

import dev.sessiontoken.testkit.FakeServer.Reply;
import dev.sessiontoken.testkit.IdentityCheck.Refused;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The part of a deployment that trades identity documents for tokens. */
final class Exchanges {
  private final Map<String, SortedMap<String, String>> machines = new ConcurrentHashMap<>();
  private final Map<String, Check> checks = new ConcurrentHashMap<>();
  private final Map<String, Reply> failures = new ConcurrentHashMap<>();
  private volatile Optional<IdentityCheck> identities = Optional.empty();

  /** An exchange that a test has added: which evidence it accepts, and the token for that. */
  private record Check(Predicate<Map<String, String>> accepts, Supplier<String> token) {}

  /** How many tokens are still to be issued that are refused from the start. */
  private final AtomicInteger invalidTokensLeft = new AtomicInteger();

  void expireIssuedTokens(int count) {
    invalidTokensLeft.set(count);
  }

  /** Whether the deployment has an exchange at this endpoint. */
  boolean has(String endpoint) {
    return IdentityCheck.FIELDS.containsKey(endpoint) || checks.containsKey(endpoint);
  }

  void add(String endpoint, Predicate<Map<String, String>> check, Supplier<String> token) {
    checks.put(endpoint, new Check(check, token));
  }

  /** Answers every exchange at this endpoint by a status and a message from now on. */
  void fail(String endpoint, int status, String message) {
    failures.put(endpoint, Replies.error(status, message, ""));
  }

  void trust(CloudSigner signer) {
    identities = Optional.of(new IdentityCheck(signer));
  }

  void addAgent(String instanceId, String name, String token) {
    machines.computeIfAbsent(instanceId, id -> new ConcurrentSkipListMap<>()).put(name, token);
  }

  Reply reply(String endpoint, SeenRequest request) {
    if (!request.method().equals("POST")) return new Reply(405, Replies.headers(), "");
    if (!has(endpoint)) return Replies.error(404, "Route not found.", "");
    var failure = failures.get(endpoint);
    if (failure != null) return failure;
    try (var reader = Json.createReader(new StringReader(request.body()))) {
      return reply(endpoint, reader.readObject());
    } catch (JsonException e) {
      return Replies.error(400, "Request body must be valid JSON.", String.valueOf(e.getMessage()));
    }
  }

  private Reply reply(String endpoint, JsonObject evidence) {
    var added = checks.get(endpoint);
    if (added != null) return reply(endpoint, added, evidence);
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

  private static Reply reply(String endpoint, Check check, JsonObject evidence) {
    var members = new HashMap<String, String>();
    evidence.keySet().forEach(name -> members.put(name, evidence.getString(name, "")));
    if (!check.accepts().test(members)) {
      return Replies.error(401, "Invalid " + endpoint + ".", "");
    }
    return issue(check.token().get());
  }

  private static Reply issue(String token) {
    return Replies.json(200, Json.createObjectBuilder().add("session_token", token).build());
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
    return issue(token);
  }
}
