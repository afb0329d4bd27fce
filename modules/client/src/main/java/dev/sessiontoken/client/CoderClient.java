package dev.sessiontoken.client;

import dev.sessiontoken.discovery.DeclaredOptions;
import dev.sessiontoken.discovery.SessionTokenProviders;
import dev.sessiontoken.discovery.SessionTokenSource;
import dev.sessiontoken.http.Answer;
import dev.sessiontoken.http.Call;
import dev.sessiontoken.http.DeploymentClient;
import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.http.LineStream;
import dev.sessiontoken.http.OpenCalls;
import dev.sessiontoken.http.Pause;
import dev.sessiontoken.http.ServiceClient;
import dev.sessiontoken.http.Trace;
import dev.sessiontoken.spi.ClientClosedException;
import dev.sessiontoken.spi.CoderException;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.ServiceHttp;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Calls the agent API of one Coder deployment, as one of its agents.
 *
 * <p>Every call but {@link #exchange} and {@link #buildInfo} carries the session token of one
 * {@link SessionTokenSource}. After a 401 the client obtains another token and repeats the call
 * once, if the provider can give another token.
 *
 * <p>Safe for any number of threads, platform or virtual. Each call blocks until its answer is
 * complete or its deadline is over. All that calls throw for reasons outside this program is a
 * {@link CoderException}: one of the four kinds of {@link SessionTokenException}, or {@link
 * UnknownProviderException}. {@link #close(Duration)} ends the client's connections and threads;
 * calls that begin later throw {@link ClientClosedException}.
 */
public final class CoderClient implements AutoCloseable {
  /** Name of the option that names one agent of several on the same machine. */
  public static final String AGENT_NAME = "agent-name";

  private static final String AGENTS = "/api/v2/workspaceagents/";
  private static final int MAX_LINE = 1000;

  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final DeploymentSettings settings;
  private final DeploymentClient http;
  private final @Nullable Runnable release;
  private final OpenCalls calls = new OpenCalls();
  private final SessionTokenSource tokens;
  private final Trace trace;
  private final Pause pause;
  private final InstantSource clock;
  private final Optional<String> agentName;
  private final AtomicBoolean isOldServerTold = new AtomicBoolean();
  private final AtomicBoolean isReleased = new AtomicBoolean();

  /**
   * Creates a client. Reads the files that the settings name; does not connect.
   *
   * @param settings how the deployment is reached
   * @param provider obtains the session token
   * @param options values of the provider's options by name, in place of their defaults; {@link
   *     #AGENT_NAME} is sent along with every exchange
   * @throws NotConfigured if the settings cannot be used, if the provider takes no option of a
   *     name, or if a required option has no value
   */
  public CoderClient(
      DeploymentSettings settings, SessionTokenProvider provider, Map<String, String> options)
      throws NotConfigured {
    this(
        settings,
        new DeploymentClient(checked(settings, provider, options)),
        null,
        provider,
        options);
  }

  /** Options are checked before files are read. */
  private static DeploymentSettings checked(
      DeploymentSettings settings, SessionTokenProvider provider, Map<String, String> options)
      throws NotConfigured {
    OptionNames.check(provider, options);
    DeclaredOptions.check(
        provider,
        name -> DeclaredOptions.value(provider, name, Optional.ofNullable(options.get(name))),
        "pass a value for it");
    return settings;
  }

  /**
   * Creates a client for some calls over connections that are used before and after it, by one
   * client at a time. Closing it breaks no call off: calls under way end by their deadlines.
   *
   * @param http the connections, which {@link #close()} leaves open
   * @param release what the first {@link #close()} does instead
   * @param settings of the calls: their origin is that of the connections
   * @param provider as in the constructor
   * @param options as in the constructor
   * @throws NotConfigured if an option lacks a value or has a wrong one
   */
  public static CoderClient over(
      DeploymentClient http,
      Runnable release,
      DeploymentSettings settings,
      SessionTokenProvider provider,
      Map<String, String> options)
      throws NotConfigured {
    return new CoderClient(checked(settings, provider, options), http, release, provider, options);
  }

  private CoderClient(
      DeploymentSettings settings,
      DeploymentClient http,
      @Nullable Runnable release,
      SessionTokenProvider provider,
      Map<String, String> options) {
    this.settings = settings;
    this.http = http;
    this.release = release;
    this.trace = settings.trace();
    this.pause = calls.pausing(settings.pause());
    this.clock = settings.clock();
    this.agentName =
        Optional.ofNullable(options.get(AGENT_NAME))
            .map(String::strip)
            .filter(name -> !name.isEmpty());
    this.tokens =
        new SessionTokenSource(
            provider,
            deadline -> {
              trace.tell("obtain a session token by " + SessionTokenProviders.described(provider));
              return new AgentContext(
                  this, provider, settings.origin(), Map.copyOf(options), deadline);
            },
            InstantSource.system());
  }

  /**
   * Asks for the user's account at an external-auth provider: {@code GET
   * /api/v2/workspaceagents/me/external-auth}.
   *
   * @param query which provider
   * @return the user's OAuth token, or the page at which the user must log in first; never null
   * @throws UnknownProviderException if the query fits no provider, or more than one
   * @throws SessionTokenException if there is no session token, or the deployment refused it, could
   *     not be reached or sent an answer that cannot be used
   * @throws ClientClosedException if this client is closed, or closing it broke the call off; other
   *     calls throw it, too
   * @throws dev.sessiontoken.discovery.BrokenProviderException if a dropped-in provider of session
   *     tokens breaks its contract; other calls with a session token throw it, too
   * @throws InterruptedException if the calling thread was interrupted
   */
  public ExternalAuth externalAuth(ExternalAuthQuery query, Deadline deadline)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    return read(ask(call(query, false), Patience.RETRIES, deadline), query);
  }

  /**
   * As {@link #externalAuth}, but the deployment holds its answer back until the user has logged in
   * ({@code listen=true}). One try without retries: proxies cut calls that take long, so callers
   * repeat the call themselves.
   *
   * @param query which provider
   * @param deadline end of this one call
   * @return the user's OAuth token; or that a login is still required, where a proxy or an old
   *     deployment does not hold the answer back
   * @throws UnknownProviderException as {@link #externalAuth}
   * @throws SessionTokenException as {@link #externalAuth}; {@code Unreachable} when the deadline
   *     is over
   * @throws InterruptedException if the calling thread was interrupted
   */
  public ExternalAuth awaitExternalAuth(ExternalAuthQuery query, Deadline deadline)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    return read(ask(call(query, true), Patience.ONE_TRY, deadline), query);
  }

  /** The deployment wants both parameters; the one that is not used is empty. */
  private static Call call(ExternalAuthQuery query, boolean listen) {
    var parameters = new HashMap<>(Map.of("id", "", "match", ""));
    parameters.put(query instanceof ExternalAuthQuery.ById ? "id" : "match", query.text());
    if (listen) parameters.put("listen", "true");
    return Call.get(AGENTS + "me/external-auth", parameters);
  }

  private ExternalAuth read(Answer answer, ExternalAuthQuery query)
      throws UnknownProviderException, SessionTokenException {
    if (answer.status() == 200) return hidden(ExternalAuthAnswer.read(answer, clock.instant()));
    if (isUnknownProvider(answer)) throw unknownProvider(answer, query);
    throw Refusals.ofCall(answer);
  }

  private ExternalAuth hidden(ExternalAuth account) {
    if (account instanceof ExternalAuth.Linked linked) {
      trace.secret(linked.accessToken());
      trace.secret(linked.password());
    }
    return account;
  }

  /**
   * Lists the providers that the deployment names to an agent: those that have a URL pattern. The
   * API has no such call for agents. The refusal of a URL that no pattern matches names all
   * patterns, so this call asks for a URL that cannot exist and reads the refusal.
   *
   * @return in the deployment's order; empty if no provider has a pattern; never null
   * @throws SessionTokenException as {@link #externalAuth}; {@code Rejected} if the deployment
   *     names no patterns in its refusal
   * @throws InterruptedException if the calling thread was interrupted
   */
  public List<ProviderPattern> providers(Deadline deadline)
      throws SessionTokenException, InterruptedException {
    var query = ExternalAuthQuery.url(ProviderPattern.MATCHES_NONE);
    var answer = ask(call(query, false), Patience.RETRIES, deadline);
    boolean isAnswered = answer.status() == 200 || answer.status() == 404;
    if (!isAnswered) throw Refusals.ofCall(answer);
    return ProviderPattern.read(answer);
  }

  /**
   * Asks for the key pair that the deployment keeps for the user's git over SSH: {@code GET
   * /api/v2/workspaceagents/me/gitsshkey}.
   *
   * @return the key pair, never null
   * @throws SessionTokenException as {@link #externalAuth}
   * @throws InterruptedException if the calling thread was interrupted
   */
  public GitSshKey gitSshKey(Deadline deadline) throws SessionTokenException, InterruptedException {
    var answer = ask(Call.get(AGENTS + "me/gitsshkey", Map.of()), Patience.RETRIES, deadline);
    if (answer.status() != 200) throw Refusals.ofCall(answer);
    return GitSshKey.read(answer);
  }

  /**
   * Asks for version and addresses of the deployment: {@code GET /api/v2/buildinfo}. Needs and
   * sends no token.
   *
   * @return what the deployment says of itself, never null
   * @throws SessionTokenException if the deployment could not be reached or sent an answer that
   *     cannot be used
   * @throws InterruptedException if the calling thread was interrupted
   */
  public BuildInfo buildInfo(Deadline deadline) throws SessionTokenException, InterruptedException {
    return BuildInfo.read(askWithoutToken(Call.get("/api/v2/buildinfo", Map.of()), deadline));
  }

  /**
   * Makes a source of log lines known to the deployment: {@code POST
   * /api/v2/workspaceagents/me/log-source}. Does nothing if the deployment knows the id; name and
   * icon stay what they were.
   *
   * @throws SessionTokenException as {@link #externalAuth}
   * @throws InterruptedException if the calling thread was interrupted
   */
  public void logSource(LogSource source, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    var call = Call.post(AGENTS + "me/log-source", source.json());
    source.confirm(ask(call, Patience.RETRIES, deadline));
  }

  /**
   * Sends lines of log, in as many requests as their size asks for: {@code PATCH
   * /api/v2/workspaceagents/me/logs}. A request whose answer was lost is repeated, so that lines
   * may be there twice; none is lost without an exception.
   *
   * @param source id of a source that {@link #logSource} has made known; empty for the deployment's
   *     own source of external logs
   * @param entries in the order in which they are to be shown; without entries nothing is sent
   * @return that the deployment has them all, or how many it had when its space was used up
   * @throws SessionTokenException as {@link #externalAuth}; earlier requests stay sent
   * @throws InterruptedException if the calling thread was interrupted
   */
  public SentLogs sendLogs(Optional<UUID> source, List<LogEntry> entries, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    calls.begin("send lines of log"); // one call, whose requests all belong to it
    try {
      return LogBatch.send(
          source,
          entries,
          body -> ask(Call.patch(AGENTS + "me/logs", body), Patience.RETRIES, deadline));
    } finally {
      calls.end();
    }
  }

  /**
   * Reports what an app of the workspace is doing: {@code PATCH
   * /api/v2/workspaceagents/me/app-status}.
   *
   * @return whether the deployment knows the app
   * @throws SessionTokenException as {@link #externalAuth}
   * @throws InterruptedException if the calling thread was interrupted
   */
  public StatusReport reportStatus(AppStatus status, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    var call = Call.patch(AGENTS + "me/app-status", status.json());
    return StatusReport.read(ask(call, Patience.RETRIES, deadline), status);
  }

  /**
   * Returns a wait for the user who claims this prebuilt workspace. Does not connect yet, and does
   * not block. The caller closes it before this client.
   */
  public Reinitializations reinitializations() {
    var call = Call.get(AGENTS + "me/reinit", Map.of("wait", "true"));
    return new Reinitializations(
        deadline -> open(call, deadline), pause, Reinitializations.SILENCE);
  }

  /** Opens a stream with the session token; after a 401, once more with another token. */
  private LineStream open(Call call, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    calls.begin(call.toString());
    try {
      var token = tokens.get(deadline);
      var stream = http.stream(call, Optional.of(token), deadline);
      if (stream.answer().status() != 401 || !tokens.invalidate(token)) return stream;
      stream.close();
      return http.stream(call, Optional.of(tokens.get(deadline)), deadline);
    } finally {
      calls.end();
    }
  }

  /** How long and how often one call is tried. */
  private enum Patience {
    /** Several short tries, for calls that the deployment answers at once. */
    RETRIES,
    /** One try until the deadline, for calls that the deployment answers after an event. */
    ONE_TRY
  }

  /** Sends a call with the session token; after a 401, once more with another token. */
  private Answer ask(Call call, Patience patience, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    calls.begin(call.toString());
    try {
      var token = tokens.get(deadline);
      var answer = send(call, token, patience, deadline);
      if (answer.status() != 401 || !tokens.invalidate(token)) return answer;
      return send(call, tokens.get(deadline), patience, deadline).hiding(token.value());
    } finally {
      calls.end();
    }
  }

  private Answer send(Call call, SessionToken token, Patience patience, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    return patience == Patience.ONE_TRY
        ? http.listen(call, Optional.of(token), deadline)
        : http.send(call, Optional.of(token), deadline);
  }

  private Answer askWithoutToken(Call call, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    calls.begin(call.toString());
    try {
      return http.send(call, Optional.empty(), deadline);
    } finally {
      calls.end();
    }
  }

  private static boolean isUnknownProvider(Answer answer) {
    boolean isOne = answer.status() == 404 || answer.status() == 409;
    return isOne
        && ApiException.isFromApi(answer)
        && !Refusals.isUnknownRoute(ApiException.text(answer));
  }

  /** Leaves the deployment's words out of the message if the hint can say what they say. */
  private UnknownProviderException unknownProvider(Answer answer, ExternalAuthQuery query) {
    String words = ApiException.text(answer);
    trace.tell(Refusals.said(answer, words));
    var providers = ProviderPattern.named(answer);
    return new UnknownProviderException(
        "no single external-auth provider fits \""
            + Printable.of(query.text(), 200)
            + (providers.isEmpty()
                ? "\": " + Refusals.said(answer, words)
                : "\" (HTTP " + answer.status() + ")"),
        NearProviders.hint(providers, query),
        ApiException.of(answer, words));
  }

  /**
   * Trades evidence of this machine's identity for a session token, without credentials: {@code
   * POST /api/v2/workspaceagents/<endpoint>}. Providers call it through {@code
   * ProviderContext.exchange}.
   *
   * @param endpoint last segment of the path, such as {@code aws-instance-identity}
   * @param evidence fields of the request's JSON object
   * @return the token that the deployment issued, never null
   * @throws IllegalArgumentException if the endpoint is not one segment of lower case letters,
   *     digits and hyphens
   * @throws SessionTokenException if the deployment refused the evidence, could not be reached or
   *     sent an answer that cannot be used
   * @throws InterruptedException if the calling thread was interrupted
   */
  public SessionToken exchange(String endpoint, Map<String, String> evidence, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    if (endpoint.isEmpty() || !endpoint.chars().allMatch(CoderClient::isOfEndpoint)) {
      throw new IllegalArgumentException("an endpoint is one segment of a path");
    }
    var body = Json.provider().createObjectBuilder();
    evidence.forEach(body::add);
    evidence.values().forEach(trace::secret);
    agentName.ifPresent(name -> body.add("agent_name", name));
    var call = Call.post(AGENTS + endpoint, body.build());
    var answer = askWithoutToken(call, deadline);
    if (answer.status() != 200) throw Refusals.ofExchange(answer, endpoint);
    agentName.ifPresent(name -> warnOfOldServer(answer, name));
    return issued(answer);
  }

  /** An older deployment ignores the name, and issues the token of the newest agent. */
  private void warnOfOldServer(Answer answer, String name) {
    var version = answer.header("X-Coder-Build-Version").flatMap(BuildVersion::parse);
    boolean isOld = version.isPresent() && version.get().isBefore(BuildVersion.KNOWS_AGENT_NAME);
    if (!isOld || isOldServerTold.getAndSet(true)) return;
    trace.notice(
        "the deployment has version "
            + version.get()
            + ", which ignores the name of the agent ("
            + Printable.of(name, 100)
            + ") and issues the token of the newest agent; version "
            + BuildVersion.KNOWS_AGENT_NAME
            + " or later knows it");
  }

  private static boolean isOfEndpoint(int c) {
    return c == '-' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
  }

  private static SessionToken issued(Answer answer) throws BadAnswer {
    JsonValue value = answer.json().get("session_token");
    if (value instanceof JsonString token && SessionToken.isSane(token.getString())) {
      return SessionToken.of(token.getString());
    }
    throw new BadAnswer(
        answer.step(),
        "the answer holds no usable session_token",
        "does the URL lead to a Coder deployment?",
        null);
  }

  void tell(String step) {
    trace.tell(step);
  }

  void say(String line) {
    trace.say(Printable.of(line, MAX_LINE));
  }

  ServiceHttp serviceHttp(List<String> secrets, Deadline deadline) {
    secrets.forEach(trace::secret);
    return new ServiceClient(settings, secrets, deadline);
  }

  /**
   * Closes this client as {@link #close(Duration)} does: calls under way have five seconds to end.
   */
  @Override
  public void close() {
    close(CLOSING);
  }

  /**
   * Closes this client, its connections and its threads, and forgets the session token. From now
   * on, calls are refused with a {@link ClientClosedException}, without a request. Calls under way
   * go on, retries included, until the limit is over: then they are broken off, and throw that
   * exception, too. A provider that is obtaining a session token is not interrupted. {@link
   * Reinitializations} have no planned end: they are broken off when all calls have ended, or the
   * limit is over.
   *
   * <p>Blocks for the limit and three seconds at most; only as long as there are calls under way,
   * those of the calling thread itself excepted. An interrupt ends the limit, and stays set. May be
   * called again and by any thread.
   *
   * @param limit how long calls under way may go on; zero or negative for not at all
   */
  public void close(Duration limit) {
    calls.close(limit);
    tokens.close(Duration.ZERO);
    if (release == null) http.close(Duration.ZERO);
    else if (!isReleased.getAndSet(true)) release.run();
  }
}
