package dev.sessiontoken.testkit;

import dev.sessiontoken.testkit.FakeServer.Reply;
import dev.sessiontoken.testkit.tls.ServerChain;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A provider's own service on loopback, such as a secret store: answers as a test scripts it,
 * records what it receives, and misbehaves on demand. A path without a script is answered by 404,
 * and a scripted path with another method by 405.
 *
 * <p>The server listens as soon as it is started, until {@link #close}. All methods are safe for
 * any number of threads, and none blocks but {@link #awaitRequests}.
 */
public final class FakeService implements AutoCloseable {
  private final Map<String, Map<String, Script>> scripts = new ConcurrentHashMap<>();
  private final @Nullable ServerChain chain;
  private final FakeServer server;

  /**
   * An answer.
   *
   * @param status its status code
   * @param headers its headers, in addition to those that the JDK's server sends
   * @param body its body
   */
  public record Answer(int status, Map<String, String> headers, String body) {

    /** Returns an answer of JSON. */
    public static Answer json(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "application/json"), body);
    }

    /** Returns an answer of plain text. */
    public static Answer text(int status, String body) {
      return new Answer(status, Map.of("Content-Type", "text/plain; charset=utf-8"), body);
    }

    /** Leaves headers and body out: they may hold secrets. */
    @Override
    public String toString() {
      return "Answer[status=" + status + "]";
    }
  }

  /** An answer for each request, or a fault. */
  private sealed interface Script {
    record Answers(Function<SeenRequest, Answer> answer) implements Script {}

    record Fails(Fault fault) implements Script {}
  }

  private FakeService(@Nullable ServerChain chain) {
    this.chain = chain;
    var tls = Optional.ofNullable(chain).map(ServerChain::serverContext);
    this.server = new FakeServer(tls, new Handler());
  }

  /** Starts a service that speaks plain HTTP at a free port. */
  public static FakeService start() {
    return new FakeService(null);
  }

  /**
   * Starts a service that speaks HTTPS at a free port, with a certificate below an authority of its
   * own. The contexts of this kit accept it; {@link #writeAuthority} makes it known to others.
   */
  public static FakeService startTls() {
    return new FakeService(ServerChain.p256());
  }

  /** The URL at which it listens, without a path. */
  public URI url() {
    return server.url();
  }

  /**
   * Writes the authority of its certificate as PEM, as {@code --ca-file} takes it.
   *
   * @throws IllegalStateException if it speaks plain HTTP
   * @throws IOException if the file cannot be written
   */
  public void writeAuthority(Path file) throws IOException {
    if (chain == null) throw new IllegalStateException("the service speaks plain HTTP");
    chain.writeAuthority(file);
  }

  /**
   * Answers requests of a method and a path.
   *
   * @param method such as {@code POST}
   * @param path without the query, such as {@code /v1/auth/approle/login}
   * @param answer gives the answer for each request; called by several threads
   * @return this fake
   */
  public FakeService on(String method, String path, Function<SeenRequest, Answer> answer) {
    return script(method, path, new Script.Answers(answer));
  }

  /** Answers requests of a method and a path always alike, as {@link #on} does. */
  public FakeService on(String method, String path, Answer answer) {
    return on(method, path, request -> answer);
  }

  /**
   * Commits a fault on each request of a method and a path, as {@link #on} answers them.
   *
   * @param fault such as {@link Fault.Silence}
   * @return this fake
   */
  public FakeService failOn(String method, String path, Fault fault) {
    return script(method, path, new Script.Fails(fault));
  }

  private FakeService script(String method, String path, Script script) {
    scripts.computeIfAbsent(path, any -> new ConcurrentHashMap<>()).put(method, script);
    return this;
  }

  /**
   * Commits this fault on every request from now on for which {@link #fault} has none.
   *
   * @return this fake
   */
  public FakeService faultAlways(Fault fault) {
    server.faultAlways(fault);
    return this;
  }

  /**
   * Commits this fault on one request: the next one, or the one after those that earlier calls of
   * this method have taken.
   *
   * @return this fake
   */
  public FakeService fault(Fault fault) {
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

  private final class Handler implements FakeServer.Handler {
    @Override
    public Reply reply(SeenRequest request) {
      var methods = scripts.getOrDefault(request.path(), Map.of());
      if (methods.get(request.method()) instanceof Script.Answers(var answer)) {
        var given = answer.apply(request);
        return new Reply(given.status(), given.headers(), given.body());
      }
      return methods.isEmpty()
          ? new Reply(404, Map.of(), "404 page not found\n")
          : new Reply(405, Map.of(), "");
    }

    @Override
    public Optional<Fault> fault(SeenRequest request) {
      var methods = scripts.getOrDefault(request.path(), Map.of());
      return methods.get(request.method()) instanceof Script.Fails(var fault)
          ? Optional.of(fault)
          : Optional.empty();
    }
  }

  /** Ends the server, and closes connections of requests under way. */
  @Override
  public void close() {
    server.close();
  }
}
