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
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * A Coder deployment on loopback, with the calls that an agent makes: external auth, the git SSH
 * key, logs, states of apps, claims and the exchange of identity documents for session tokens. It
 * refuses what coderd refuses, with coderd's statuses and texts, as Coder's sources have them
 * ({@code coderd/workspaceagents.go}, {@code coderd/httpmw}, {@code coderd/externalauth}).
 *
 * <p>A new one has one machine, {@link #INSTANCE_ID}, with one agent, {@code dev}. The user has
 * logged in at the providers {@code github} (no extra fields) and {@code slack} (extra field {@code
 * authed_user}), and not at {@code gitlab}. The server listens as soon as it is started, until
 * {@link #close}. All methods are safe for any number of threads, and none blocks but {@link
 * #awaitRequests} and {@link #awaitStreams}.
 */
public final class FakeCoder implements AutoCloseable {

  /** Id of the machine whose agent may prove itself by documents of a metadata service. */
  public static final String INSTANCE_ID = "i-0123456789abcdef0";

  /** Slug of the only app of the workspace: {@code report-status} finds no other. */
  public static final String APP = "assistant";

  private static final String API = "/api/v2";
  private static final String AGENTS = "/workspaceagents/";

  /** The method of each call that needs the agent's token, by the end of its path. */
  private static final Map<String, String> AGENT_ROUTES =
      Map.of(
          "me/external-auth", "GET",
          "me/gitauth", "GET",
          "me/gitsshkey", "GET",
          "me/logs", "PATCH",
          "me/log-source", "POST",
          "me/app-status", "PATCH",
          "me/reinit", "GET");

  private final FakeServer server;
  private final Exchanges exchanges = new Exchanges();
  private final AgentReports reports = new AgentReports();
  private final ClaimEvents claims = new ClaimEvents();
  private final Set<String> agentTokens = ConcurrentHashMap.newKeySet();
  private final Map<String, Integration> integrations = new ConcurrentHashMap<>();
  private final List<String> order = new CopyOnWriteArrayList<>();
  private final String agentToken = UUID.randomUUID().toString();
  private final SshKeyPair sshKey = SshKeyPair.generate();
  private volatile String currentToken = agentToken;
  private volatile boolean closed;

  /**
   * An external-auth provider of the deployment, and the user's link to it.
   *
   * @param id by which the user asks for it
   * @param type such as {@code github} or {@code gitlab}
   * @param regex pattern of the URLs that it serves, found anywhere in a URL
   * @param accessToken the user's token, empty if the user has not logged in
   * @param extra the answer's {@code token_extra}
   */
  public record Integration(
      String id,
      String type,
      String regex,
      Optional<String> accessToken,
      Optional<JsonObject> extra) {

    /** Returns the same provider for a user who has not logged in. */
    public Integration unlinked() {
      return new Integration(id, type, regex, Optional.empty(), extra);
    }
  }

  /**
   * A line of the agent's log, as the deployment keeps it.
   *
   * @param source id of its source
   * @param level in lower case
   * @param output at most 1024 characters
   */
  public record StoredLog(String source, String level, String output) {}

  /**
   * A reported state of the app {@link #APP}.
   *
   * @param state in lower case
   * @param message may be empty
   * @param uri may be empty
   */
  public record StoredStatus(String state, String message, String uri) {}

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

  /** Starts a deployment that speaks plain HTTP at a free port. */
  public static FakeCoder start() {
    return new FakeCoder(Optional.empty());
  }

  /**
   * Starts a deployment that speaks HTTPS at a free port.
   *
   * @param tls holds the server's certificate, such as {@code ServerChain.serverContext()}
   */
  public static FakeCoder start(SSLContext tls) {
    return new FakeCoder(Optional.of(tls));
  }

  /** The URL at which it listens, without a path: the value of {@code CODER_AGENT_URL}. */
  public URI url() {
    return server.url();
  }

  /** The session token of the agent {@code dev}: the value of {@code CODER_AGENT_TOKEN}. */
  public String agentToken() {
    return agentToken;
  }

  /** Replaces the agent's token by a new one, and returns that; the old one is refused. */
  public String rotateAgentToken() {
    agentTokens.clear();
    String next = UUID.randomUUID().toString();
    addAgent(INSTANCE_ID, "dev", next);
    currentToken = next;
    return next;
  }

  /** Accepts documents signed by these metadata services, and by no others. */
  public void trust(FakeMetadata metadata) {
    exchanges.trust(metadata.signer());
  }

  /**
   * Adds an exchange of evidence for the token of the agent {@code dev}, at {@code POST
   * /api/v2/workspaceagents/<endpoint>}: for providers whose deployment has an endpoint that Coder
   * does not have. Evidence that is not accepted is refused with status 401.
   *
   * @param endpoint last segment of the path, such as {@code oidc-identity}
   * @param accepts decides by the members of the request, by name; called by several threads
   * @return this fake
   */
  public FakeCoder addExchange(String endpoint, Predicate<Map<String, String>> accepts) {
    exchanges.add(endpoint, accepts, () -> currentToken);
    return this;
  }

  /**
   * Answers each exchange at an endpoint by this status from now on, over HTTP and in {@link
   * #context} alike.
   *
   * @param endpoint one of Coder's, such as {@code aws-instance-identity}, or an added one
   * @param status such as 503; the context throws the kind that the product throws for it
   * @param message the message of the deployment
   * @return this fake
   */
  public FakeCoder failExchange(String endpoint, int status, String message) {
    exchanges.fail(endpoint, status, message);
    return this;
  }

  /** Makes the next so many tokens issued for documents invalid from the start. */
  public void expireIssuedTokens(int count) {
    exchanges.expireIssuedTokens(count);
  }

  /** Adds an agent to a machine, and accepts its token from now on. */
  public void addAgent(String instanceId, String name, String token) {
    agentTokens.add(token);
    exchanges.addAgent(instanceId, name, token);
  }

  /** Adds a provider, or replaces the one with the same id. */
  public void configure(Integration integration) {
    synchronized (order) {
      if (integrations.put(integration.id(), integration) == null) order.add(integration.id());
      order.notifyAll();
    }
  }

  /**
   * Logs the user in at the provider with this id; requests that wait for that are answered.
   *
   * @throws java.util.NoSuchElementException if no provider has the id
   */
  public void link(String id, String accessToken) {
    var former = integration(id);
    configure(
        new Integration(
            id, former.type(), former.regex(), Optional.of(accessToken), former.extra()));
  }

  /** The key pair that the deployment gives to git over SSH. */
  public SshKeyPair sshKey() {
    return sshKey;
  }

  /**
   * Returns the provider with this id.
   *
   * @throws java.util.NoSuchElementException if no provider has the id
   */
  public Integration integration(String id) {
    return Optional.ofNullable(integrations.get(id)).orElseThrow();
  }

  /** A copy of the log lines that the agent has sent, oldest first. */
  public List<StoredLog> logs() {
    return reports.logs();
  }

  /** A copy of the names of the agent's log sources, by their ids. */
  public Map<String, String> logSources() {
    return reports.sources();
  }

  /** A copy of the states of the app that the agent has reported, oldest first. */
  public List<StoredStatus> appStatuses() {
    return reports.statuses();
  }

  /** Makes the workspace a prebuilt one that waits to be claimed. */
  public void prebuild() {
    claims.prebuild();
  }

  /**
   * Blocks until so many requests since the start have begun to wait for a claim.
   *
   * @throws AssertionError if they have not come after 30 seconds
   * @throws InterruptedException if the calling thread was interrupted
   */
  public void awaitStreams(int count) throws InterruptedException {
    claims.awaitStreams(count);
  }

  /** Claims the prebuilt workspace: agents that wait for it now get the event. */
  public void claim(UUID workspace, UUID owner) {
    claims.claim(workspace, owner);
  }

  /** Sends a ping to agents that wait for a claim, besides the one every 15 seconds. */
  public void ping() {
    claims.ping();
  }

  /** Ends the answers to agents that wait for a claim, as a deployment does that is restarted. */
  public void endStreams() {
    claims.end();
  }

  /**
   * Returns the context in which a client of this deployment would call a provider. Its {@code
   * exchange} calls the deployment directly, not over HTTP: it is not among the {@link #requests}
   * and uses up no fault. Its deadline is ten seconds after each question for it.
   *
   * @param options values of the provider's options, by name
   */
  public ProviderContext context(Map<String, String> options) {
    return new CoderContext(url(), exchanges, Map.copyOf(options));
  }

  /**
   * Commits this fault on every request from now on for which {@link #fault} has none.
   *
   * @return this fake
   */
  public FakeCoder faultAlways(Fault fault) {
    server.faultAlways(fault);
    return this;
  }

  /**
   * Commits this fault on one request: the next one, or the one after those that earlier calls of
   * this method have taken.
   *
   * @return this fake
   */
  public FakeCoder fault(Fault fault) {
    server.fault(fault);
    return this;
  }

  /** Answers the requests that {@link Fault.Held} holds back, and all such that come later. */
  public void resume() {
    server.resume();
  }

  /** A copy of the requests received so far, oldest first, those with faults included. */
  public List<SeenRequest> requests() {
    return server.seen();
  }

  /**
   * Blocks until it has received so many requests since it was started.
   *
   * @throws AssertionError if they have not come after 30 seconds
   * @throws InterruptedException if the calling thread was interrupted
   */
  public void awaitRequests(int count) throws InterruptedException {
    server.awaitRequests(count);
  }

  private Reply reply(SeenRequest request) {
    if (!request.path().startsWith(API)) return Replies.html();
    String route = request.path().substring(API.length());
    if (route.equals("/buildinfo")) return Replies.json(200, buildinfo());
    String endpoint = route.startsWith(AGENTS) ? route.substring(AGENTS.length()) : "";
    if (exchanges.has(endpoint)) return exchanges.reply(endpoint, request);
    String method = AGENT_ROUTES.get(endpoint);
    if (method == null) return Replies.error(404, "Route not found.", "");
    if (!request.method().equals(method)) return new Reply(405, Replies.headers(), "");
    return refusal(request.sessionToken()).orElseGet(() -> reply(endpoint, request));
  }

  private Reply reply(String endpoint, SeenRequest request) {
    return switch (endpoint) {
      case "me/gitsshkey" -> gitSshKey();
      case "me/logs" -> reports.logs(request);
      case "me/log-source" -> reports.logSource(request);
      case "me/app-status" -> reports.appStatus(request);
      case "me/reinit" -> claims.reply(request);
      default -> externalAuth(request.query());
    };
  }

  /** Answers as coderd's agent middleware, which runs before the route is chosen. */
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

  /** Waits for the login as coderd does: without a limit, unless the provider is unknown. */
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

  /**
   * Searches as coderd does: an exact id is final, else the last provider whose pattern matches.
   */
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

  /** The second key is configured, and slack leaves it out: coderd answers null for it. */
  private static JsonObject slackExtra() {
    return Json.createObjectBuilder()
        .add(
            "authed_user",
            Json.createObjectBuilder()
                .add("id", "U1234")
                .add("scope", "chat:write")
                .add("number", 9007199254740993L)
                .add("nothing", JsonValue.NULL))
        .add("bot_user_id", JsonValue.NULL)
        .build();
  }

  private JsonObject buildinfo() {
    return Json.createObjectBuilder()
        .add("external_url", "https://github.com/coder/coder")
        .add("version", "v2.34.0")
        .add("dashboard_url", url().toString())
        .add("telemetry", false)
        .add("workspace_proxy", false)
        .add("agent_api_version", "1.0")
        .add("provisioner_api_version", "1.16")
        .add("upgrade_message", "")
        .add("deployment_id", "c0de0000-0000-4000-8000-000000000000")
        .build();
  }

  /** Stops listening and closes every connection at once; requests under way get no answer. */
  @Override
  public void close() {
    synchronized (order) {
      closed = true;
      order.notifyAll();
    }
    server.close();
  }
}
