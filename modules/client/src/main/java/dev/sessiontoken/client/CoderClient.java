package dev.sessiontoken.client;

import dev.sessiontoken.discovery.SessionTokenProviders;
import dev.sessiontoken.discovery.SessionTokenSource;
import dev.sessiontoken.http.Answer;
import dev.sessiontoken.http.Call;
import dev.sessiontoken.http.DeploymentClient;
import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.http.Trace;
import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.spi.JsonProvider;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Asks a deployment as one of its agents.
 *
 * <p>Every call but {@link #exchange} proves the agent with the token of one {@link
 * SessionTokenSource}. A token that is refused with 401 is obtained once more, and the call made
 * once more, if the provider can give another.
 *
 * <p>Safe for any number of threads. Calls block until the answer is there or their deadline is
 * over. {@link #close} it when done.
 */
public final class CoderClient implements AutoCloseable {
  /** The option that says which agent is meant where several share one machine. */
  public static final String AGENT_NAME = "agent-name";

  private static final String AGENTS = "/api/v2/workspaceagents/";

  private final DeploymentClient http;
  private final SessionTokenSource tokens;
  private final Trace trace;
  private final Optional<String> agentName;

  /**
   * A client that has not connected yet.
   *
   * @param settings how the deployment is reached
   * @param provider who gives the session token
   * @param options values of the provider's options, by name; {@link #AGENT_NAME} goes along with
   *     every exchange
   * @throws NotConfigured if the settings cannot be used
   */
  public CoderClient(
      DeploymentSettings settings, SessionTokenProvider provider, Map<String, String> options)
      throws NotConfigured {
    this.http = new DeploymentClient(settings);
    this.trace = settings.trace();
    this.agentName =
        Optional.ofNullable(options.get(AGENT_NAME))
            .map(String::strip)
            .filter(name -> !name.isEmpty());
    this.tokens =
        new SessionTokenSource(
            provider,
            deadline -> {
              trace.tell("obtain a session token by " + SessionTokenProviders.described(provider));
              return new AgentContext(this, settings.origin(), Map.copyOf(options), deadline);
            },
            InstantSource.system());
  }

  /**
   * The user's account at a provider, by the provider's id: {@code GET
   * /api/v2/workspaceagents/me/external-auth?id=…}.
   *
   * @param id as the deployment's configuration names it
   * @throws UnknownProviderException if there is none of that id
   * @throws SessionTokenException if there is no session token, or the deployment did not take it,
   *     could not be reached or gave an answer that makes no sense
   * @throws InterruptedException if the calling thread was interrupted
   */
  public ExternalAuth externalAuth(String id, Deadline deadline)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    return externalAuth(Map.of("id", id, "match", ""), deadline);
  }

  /**
   * As {@link #externalAuth}, by a URL that the provider serves, such as that of a git repository.
   *
   * @param url matched against the providers' patterns by the deployment
   * @throws UnknownProviderException if none serves it
   * @throws SessionTokenException as {@link #externalAuth}
   * @throws InterruptedException if the calling thread was interrupted
   */
  public ExternalAuth externalAuthMatch(String url, Deadline deadline)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    return externalAuth(Map.of("id", "", "match", url), deadline);
  }

  /**
   * As {@link #externalAuth}, but the deployment holds its answer back until the user has logged
   * in. One try, with nothing repeated: proxies cut calls that take long, so callers ask again
   * until they have had enough.
   *
   * @param deadline when to give this one call up
   * @return most often the account; where something between us and the deployment does not let it
   *     wait, also that a login is still required
   * @throws UnknownProviderException if there is none of that id
   * @throws SessionTokenException as {@link #externalAuth}; {@code Unreachable} when the deadline
   *     came first
   * @throws InterruptedException if the calling thread was interrupted
   */
  public ExternalAuth awaitExternalAuth(String id, Deadline deadline)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    return externalAuth(Map.of("id", id, "match", "", "listen", "true"), deadline);
  }

  /**
   * As {@link #awaitExternalAuth}, by a URL that the provider serves.
   *
   * @param url matched against the providers' patterns by the deployment
   * @throws UnknownProviderException if none serves it
   * @throws SessionTokenException as {@link #awaitExternalAuth}
   * @throws InterruptedException if the calling thread was interrupted
   */
  public ExternalAuth awaitExternalAuthMatch(String url, Deadline deadline)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    return externalAuth(Map.of("id", "", "match", url, "listen", "true"), deadline);
  }

  private ExternalAuth externalAuth(Map<String, String> query, Deadline deadline)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    var answer = ask(Call.get(AGENTS + "me/external-auth", query), deadline);
    if (answer.status() == 200) return ExternalAuthAnswer.read(answer);
    throwUnknownProvider(answer, query);
    throw Refusals.ofCall(answer);
  }

  /**
   * The providers that the deployment names to an agent: those that have a pattern. It has no call
   * that lists them for an agent token; but where none fits a URL, it says which ones there are.
   *
   * @return in the deployment's order; empty if none has a pattern
   * @throws SessionTokenException as {@link #externalAuth}; {@code Rejected} if the deployment says
   *     nothing of them
   * @throws InterruptedException if the calling thread was interrupted
   */
  public List<ProviderPattern> providers(Deadline deadline)
      throws SessionTokenException, InterruptedException {
    var query = Map.of("id", "", "match", ProviderPattern.MATCHES_NONE);
    var answer = ask(Call.get(AGENTS + "me/external-auth", query), deadline);
    boolean isAnswered = answer.status() == 200 || answer.status() == 404;
    if (!isAnswered) throw Refusals.ofCall(answer);
    return ProviderPattern.read(answer);
  }

  /**
   * The key pair that the deployment keeps for the user's git over SSH: {@code GET
   * /api/v2/workspaceagents/me/gitsshkey}.
   *
   * @throws SessionTokenException as {@link #externalAuth}
   * @throws InterruptedException if the calling thread was interrupted
   */
  public GitSshKey gitSshKey(Deadline deadline) throws SessionTokenException, InterruptedException {
    var answer = ask(Call.get(AGENTS + "me/gitsshkey", Map.of()), deadline);
    if (answer.status() != 200) throw Refusals.ofCall(answer);
    return GitSshKey.read(answer);
  }

  /** Asks with the token, and once more with another after a 401 where there may be one. */
  private Answer ask(Call call, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    var token = tokens.get(deadline);
    var answer = send(call, token, deadline);
    if (answer.status() != 401 || !tokens.invalidate(token)) return answer;
    return send(call, tokens.get(deadline), deadline).hiding(token.value());
  }

  private Answer send(Call call, SessionToken token, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    return call.query().containsKey("listen")
        ? http.listen(call, Optional.of(token), deadline)
        : http.send(call, Optional.of(token), deadline);
  }

  private static void throwUnknownProvider(Answer answer, Map<String, String> query)
      throws UnknownProviderException {
    boolean isOne = answer.status() == 404 || answer.status() == 409;
    if (!isOne || !ApiException.isFromApi(answer)) return;
    String words = ApiException.words(answer);
    if (Refusals.isUnknownRoute(words)) return;
    String asked = Printable.of(query.get("id") + query.get("match"), 200);
    throw new UnknownProviderException(
        "no single external-auth provider fits \"" + asked + "\": " + Refusals.said(answer, words),
        ApiException.of(answer, words));
  }

  /**
   * Trades evidence of who this machine is for a session token, without credentials: {@code POST
   * /api/v2/workspaceagents/<endpoint>}. What providers get as {@code ProviderContext.exchange}.
   *
   * @param endpoint last segment of the path, such as {@code aws-instance-identity}
   * @param evidence fields of the request
   * @return the token that the deployment issued
   * @throws IllegalArgumentException if the endpoint is not one segment of lower case letters,
   *     digits and hyphens
   * @throws SessionTokenException if the deployment refused the evidence, could not be reached or
   *     gave an answer that makes no sense
   * @throws InterruptedException if the calling thread was interrupted
   */
  public SessionToken exchange(String endpoint, Map<String, String> evidence, Deadline deadline)
      throws SessionTokenException, InterruptedException {
    if (endpoint.isEmpty() || !endpoint.chars().allMatch(CoderClient::isOfEndpoint)) {
      throw new IllegalArgumentException("an endpoint is one segment of a path");
    }
    var body = JsonProvider.provider().createObjectBuilder();
    evidence.forEach(body::add);
    agentName.ifPresent(name -> body.add("agent_name", name));
    var answer = http.send(Call.post(AGENTS + endpoint, body.build()), Optional.empty(), deadline);
    if (answer.status() != 200) throw Refusals.ofExchange(answer);
    return issued(answer);
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

  @Override
  public void close() {
    http.close();
  }
}
