package dev.sessiontoken.testkit;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.testkit.FakeServer.Reply;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;

/**
 * A Coder deployment on loopback, as far as an agent sees it. It insists on the protocol as coderd
 * does, and answers in coderd's own words (coderd/workspaceagents.go, coderd/httpmw at the commit
 * that the contract names).
 *
 * <p>One machine is known, {@link #INSTANCE_ID}, with one agent, {@code dev}. Linked providers are
 * {@code github} (without extra fields) and {@code slack} (with {@code authed_user}); {@code
 * gitlab} is configured and not linked. Faults are used up one a request, in the order given. Safe
 * for any number of threads.
 */
public final class FakeCoder implements AutoCloseable {

  /** The machine whose agent may identify itself by the documents of {@link #trust}. */
  public static final String INSTANCE_ID = "i-0123456789abcdef0";

  private static final String API = "/api/v2";
  private static final String AGENTS = "/workspaceagents/";
  private static final Set<String> AGENT_ROUTES =
      Set.of(
          "/workspaceagents/me/external-auth",
          "/workspaceagents/me/gitauth",
          "/workspaceagents/me/gitsshkey");

  private final FakeServer server;
  private final Exchanges exchanges = new Exchanges();
  private final Set<String> agentTokens = ConcurrentHashMap.newKeySet();
  private final Map<String, Integration> integrations = new ConcurrentHashMap<>();
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final String agentToken = UUID.randomUUID().toString();
  private final SshKeyPair sshKey = SshKeyPair.generate();
  private volatile boolean closed;

  /**
   * An external-auth provider of the deployment, and the user's link to it.
   *
   * @param id what the user calls it
   * @param type such as {@code github} or {@code gitlab}
   * @param regex which URLs it serves, matched anywhere in the URL
   * @param accessToken the user's token, empty if the user has not logged in
   * @param extra the answer's {@code token_extra}
   */
  public record Integration(
      String id,
      String type,
      String regex,
      Optional<String> accessToken,
      Optional<JsonObject> extra) {

    /** The same provider for a user who has not logged in. */
    public Integration unlinked() {
      return new Integration(id, type, regex, Optional.empty(), extra);
    }
  }

  private FakeCoder(Optional<SSLContext> tls) {
    agentTokens.add(agentToken);
    addAgent(INSTANCE_ID, "dev", agentToken);
    configure(
        new Integration(
            "github", "github", "github\\.com", Optional.of("gho_bananas"), Optional.empty()));
    configure(
        new Integration(
            "slack",
            "slack",
            "slack\\.com",
            Optional.of("xoxp-bananas"),
            Optional.of(slackExtra())));
    configure(
        new Integration("gitlab", "gitlab", "gitlab\\.com", Optional.empty(), Optional.empty()));
    server = new FakeServer(tls, this::reply);
  }

  /** A deployment without TLS. */
  public static FakeCoder start() {
    return new FakeCoder(Optional.empty());
  }

  /** A deployment behind {@code https}, with the certificate that the context holds. */
  public static FakeCoder start(SSLContext tls) {
    return new FakeCoder(Optional.of(tls));
  }

  /** What {@code CODER_AGENT_URL} says. */
  public URI url() {
    return server.url();
  }

  /** The token of the one agent that there is from the start. */
  public String agentToken() {
    return agentToken;
  }

  /** Replaces the token that the agent had by another, which is returned. */
  public String rotateAgentToken() {
    agentTokens.clear();
    String next = UUID.randomUUID().toString();
    addAgent(INSTANCE_ID, "dev", next);
    return next;
  }

  /** Believes the documents of these metadata services, and of no others. */
  public void trust(FakeMetadata metadata) {
    exchanges.trust(metadata.signer());
  }

  /** The next so many tokens that are issued for documents expire before they are used. */
  public void expireIssuedTokens(int count) {
    exchanges.expireIssuedTokens(count);
  }

  /** Adds an agent to a machine; its token is accepted from now on. */
  public void addAgent(String instanceId, String name, String token) {
    agentTokens.add(token);
    exchanges.addAgent(instanceId, name, token);
  }

  /** Adds a provider, or replaces the one of the same id. */
  public void configure(Integration integration) {
    synchronized (order) {
      if (integrations.put(integration.id(), integration) == null) order.add(integration.id());
      order.notifyAll();
    }
  }

  /** The user logs in at the provider of that id. */
  public void link(String id, String accessToken) {
    var former = integration(id);
    configure(
        new Integration(
            id, former.type(), former.regex(), Optional.of(accessToken), former.extra()));
  }

  /** The key pair that git over SSH is to use. */
  public SshKeyPair sshKey() {
    return sshKey;
  }

  /** The provider of that id. */
  public Integration integration(String id) {
    return Optional.ofNullable(integrations.get(id)).orElseThrow();
  }

  /**
   * What a provider is given by a client of this deployment. Its exchange asks the deployment
   * without the network between them, so faults and {@link #requests} do not know of it.
   *
   * @param options values of the provider's options, by name
   */
  public ProviderContext context(Map<String, String> options) {
    return new CoderContext(url(), exchanges, Map.copyOf(options));
  }

  /** What to do to every request from now on that has no fault of its own. */
  public FakeCoder faultAlways(Fault fault) {
    server.faultAlways(fault);
    return this;
  }

  /** What to do to the next request that has no fault yet. */
  public FakeCoder fault(Fault fault) {
    server.fault(fault);
    return this;
  }

  /** Lets the requests go on that {@link Fault.Held} stopped. */
  public void resume() {
    server.resume();
  }

  /** Every request so far, oldest first. */
  public List<SeenRequest> requests() {
    return server.seen();
  }

  /** Waits until so many requests have come; gives up after half a minute. */
  public void awaitRequests(int count) throws InterruptedException {
    server.awaitRequests(count);
  }

  private Reply reply(SeenRequest request) {
    if (!request.path().startsWith(API)) return Replies.html();
    String route = request.path().substring(API.length());
    if (route.equals("/buildinfo")) return Replies.json(200, buildinfo());
    String endpoint = route.startsWith(AGENTS) ? route.substring(AGENTS.length()) : "";
    if (IdentityCheck.FIELDS.containsKey(endpoint)) return exchanges.reply(endpoint, request);
    if (!AGENT_ROUTES.contains(route)) return Replies.error(404, "Route not found.", "");
    if (!request.method().equals("GET")) return new Reply(405, Replies.headers(), "");
    return refusal(request.sessionToken())
        .orElseGet(() -> endpoint.endsWith("key") ? gitSshKey() : externalAuth(request.query()));
  }

  /** What the agent middleware says before any route is looked at. */
  private Optional<Reply> refusal(Optional<String> sent) {
    if (sent.isEmpty()) {
      return Optional.of(
          Replies.error(401, "Cookie \"coder_session_token\" must be provided.", ""));
    }
    String token = sent.get();
    if (!isUuid(token)) {
      int length = token.getBytes(StandardCharsets.UTF_8).length;
      return Optional.of(
          Replies.error(
              401,
              "Workspace agent token invalid.",
              "An agent token must be a valid UUIDv4. (len " + length + ")"));
    }
    if (agentTokens.contains(token)) return Optional.empty();
    return Optional.of(
        Replies.error(
            401,
            "Workspace agent not authorized.",
            "The agent cannot authenticate until the workspace provision job has been completed."
                + " If the job is no longer running, this agent is invalid."));
  }

  private static boolean isUuid(String token) {
    return token.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  }

  private Reply gitSshKey() {
    return Replies.json(
        200,
        Json.createObjectBuilder()
            .add("public_key", sshKey.publicKey() + "\n")
            .add("private_key", sshKey.privateKey())
            .build());
  }

  private Reply externalAuth(Map<String, String> query) {
    String id = query.getOrDefault("id", "");
    String match = query.getOrDefault("match", "");
    if (id.isEmpty() && match.isEmpty()) {
      return Replies.error(400, "'url' or 'id' must be provided!", "");
    }
    if (!id.isEmpty() && !match.isEmpty()) {
      return Replies.error(400, "'url' and 'id' cannot be provided together!", "");
    }
    if (query.containsKey("listen") && !awaitLink(id, match)) {
      return new Reply(200, Replies.headers(), ""); // as coderd when it is shut down
    }
    return find(id, match)
        .map(found -> Replies.json(200, answer(found)))
        .orElseGet(() -> Replies.error(404, notFound(match), filters()));
  }

  /** As coderd listens: without an end, unless there is no such provider. */
  private boolean awaitLink(String id, String match) {
    synchronized (order) {
      while (find(id, match).filter(found -> found.accessToken().isEmpty()).isPresent()) {
        if (closed) return false;
        try {
          order.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return false;
        }
      }
      return true;
    }
  }

  /** As coderd scans: an exact id ends it, else the last provider whose pattern is found wins. */
  private Optional<Integration> find(String id, String match) {
    if (!id.isEmpty()) return Optional.ofNullable(integrations.get(id));
    return order.stream()
        .map(integrations::get)
        .filter(each -> java.util.regex.Pattern.compile(each.regex()).matcher(match).find())
        .reduce((former, latter) -> latter);
  }

  private static String notFound(String match) {
    return "No matching external auth provider found in Coder for the url \"" + match + "\".";
  }

  private String filters() {
    if (order.isEmpty()) return "External auth provider not found.";
    var filters = new ArrayList<String>();
    for (String id : order)
      filters.add(id + "=\"" + integration(id).regex().replace("\\", "\\\\") + "\"");
    return "The configured external auth provider have regex filters that do not match the url."
        + " Provider url regex: "
        + String.join(",", filters);
  }

  private JsonObject answer(Integration integration) {
    boolean linked = integration.accessToken().isPresent();
    String token = integration.accessToken().orElse("");
    String user =
        switch (integration.type()) {
          case "gitlab" -> "oauth2";
          case "bitbucket-cloud", "bitbucket-server" -> "x-token-auth";
          default -> token;
        };
    boolean tokenIsPassword = linked && !user.equals(token);
    return Json.createObjectBuilder()
        .add("access_token", token)
        .add("token_extra", linked ? extra(integration) : JsonValue.NULL)
        .add("url", linked ? "" : url() + "/external-auth/" + integration.id())
        .add("type", linked ? integration.type() : "")
        .add("username", linked ? user : "")
        .add("password", tokenIsPassword ? token : "")
        .build();
  }

  private static JsonValue extra(Integration integration) {
    return integration.extra().isPresent() ? integration.extra().get() : JsonValue.NULL;
  }

  private static JsonObject slackExtra() {
    return Json.createObjectBuilder()
        .add(
            "authed_user",
            Json.createObjectBuilder()
                .add("id", "U1234")
                .add("scope", "chat:write")
                .add("number", 9007199254740993L)
                .add("nothing", JsonValue.NULL))
        .build();
  }

  private JsonObject buildinfo() {
    return Json.createObjectBuilder()
        .add("external_url", "https://github.com/coder/coder")
        .add("version", "v2.26.0")
        .add("dashboard_url", url().toString())
        .add("telemetry", false)
        .add("workspace_proxy", false)
        .add("agent_api_version", "1.0")
        .build();
  }

  /** Stops at once, whatever is under way. */
  @Override
  public void close() {
    synchronized (order) {
      closed = true;
      order.notifyAll();
    }
    server.close();
  }
}
