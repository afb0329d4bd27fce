package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.testkit.raw.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * One row of the fault matrix: a fault between the program and its deployment, and the result that
 * the program must have. Texts may name servers and files in braces, such as <code>
 * https://{nginx-tls12}</code>: {@link Peers} resolves them. Immutable.
 *
 * @param group kind of server or setting; a section of docs/faults.md
 * @param name the fault, unique within the group
 * @param url URL of the deployment
 * @param environment additional variables; an empty value removes the variable
 * @param flags additional flags
 * @param server server that only this row uses, <code>{server}</code>, if it needs one
 * @param variants number of runs; the script of the server gets the number of the run, from 0
 * @param expected result that the program must have
 */
record Row(
    String group,
    String name,
    String url,
    Map<String, String> environment,
    List<String> flags,
    Optional<Server> server,
    int variants,
    Expected expected) {

  /** Token that the fake deployment has for the user. */
  static final String TOKEN = "gho_bananas";

  /**
   * Limit for a row without its own: far above what a row takes, below the default timeout of 30 s.
   */
  private static final Duration AT_MOST = Duration.ofSeconds(20);

  /**
   * A server that only one row uses.
   *
   * @param isTls whether it completes a TLS handshake before its script begins
   * @param opensAfter text on standard error after which it starts to listen, or empty
   * @param script what it sends, by the number of the variant
   */
  record Server(boolean isTls, String opensAfter, IntFunction<Script> script) {}

  /**
   * Result that the program must have.
   *
   * @param exit exit code
   * @param out standard output, all of it
   * @param says pattern found in standard error; if empty, standard error must be empty
   * @param neverSays patterns not found in standard error
   * @param atLeast shortest duration of the run
   * @param atMost longest duration of the run
   * @param requests number of requests that the server must receive, or negative for any
   * @param headers headers that each request to the deployment must have
   * @param bug known bug of the program because of which the row fails, or empty
   */
  record Expected(
      int exit,
      String out,
      String says,
      List<String> neverSays,
      Duration atLeast,
      Duration atMost,
      int requests,
      Map<String, String> headers,
      String bug) {}

  static Row of(String group, String name) {
    var expected = new Expected(0, TOKEN, "", List.of(), Duration.ZERO, AT_MOST, -1, Map.of(), "");
    return new Row(group, name, "", Map.of(), List.of(), Optional.empty(), 1, expected);
  }

  Row to(String url) {
    return new Row(group, name, url, environment, flags, server, variants, expected);
  }

  Row with(String variable, String value) {
    var more = new LinkedHashMap<>(environment);
    more.put(variable, value);
    return new Row(group, name, url, more, flags, server, variants, expected);
  }

  Row flags(String... more) {
    var all = new ArrayList<>(flags);
    all.addAll(List.of(more));
    return new Row(group, name, url, environment, all, server, variants, expected);
  }

  /** Adds a server without TLS. */
  Row server(Script script) {
    return served("http", new Server(false, "", _ -> script), 1);
  }

  /** Adds a server with TLS. */
  Row tlsServer(Script script) {
    return served("https", new Server(true, "", _ -> script), 1);
  }

  /** Runs the row {@code count} times, each with a server of another number, from 0. */
  Row servers(int count, IntFunction<Script> script) {
    return served("http", new Server(false, "", script), count);
  }

  /** Adds a server that starts to listen when standard error has this text. */
  Row lateServer(String opensAfter, Script script) {
    return served("http", new Server(false, opensAfter, _ -> script), 1);
  }

  private Row served(String scheme, Server own, int count) {
    String at = url.isEmpty() ? scheme + "://{server}" : url;
    return new Row(group, name, at, environment, flags, Optional.of(own), count, expected);
  }

  private Row expecting(Expected other) {
    return new Row(group, name, url, environment, flags, server, variants, other);
  }

  /** Expects this exit code, this pattern on standard error, and an empty standard output. */
  Row fails(int exit, String says) {
    var e = expected;
    return expecting(
        new Expected(
            exit,
            "",
            says,
            e.neverSays(),
            e.atLeast(),
            e.atMost(),
            e.requests(),
            e.headers(),
            e.bug()));
  }

  /** Expects this pattern on standard error, with the token on standard output. */
  Row says(String pattern) {
    var e = expected;
    return expecting(
        new Expected(
            e.exit(),
            e.out(),
            pattern,
            e.neverSays(),
            e.atLeast(),
            e.atMost(),
            e.requests(),
            e.headers(),
            e.bug()));
  }

  Row neverSays(String... patterns) {
    var e = expected;
    return expecting(
        new Expected(
            e.exit(),
            e.out(),
            e.says(),
            List.of(patterns),
            e.atLeast(),
            e.atMost(),
            e.requests(),
            e.headers(),
            e.bug()));
  }

  Row within(Duration atMost) {
    return lasting(expected.atLeast(), atMost);
  }

  Row lasting(Duration atLeast, Duration atMost) {
    var e = expected;
    return expecting(
        new Expected(
            e.exit(),
            e.out(),
            e.says(),
            e.neverSays(),
            atLeast,
            atMost,
            e.requests(),
            e.headers(),
            e.bug()));
  }

  /**
   * Expects this number of requests at the row's own server, or else at nginx or the deployment.
   */
  Row requests(int count) {
    var e = expected;
    return expecting(
        new Expected(
            e.exit(),
            e.out(),
            e.says(),
            e.neverSays(),
            e.atLeast(),
            e.atMost(),
            count,
            e.headers(),
            e.bug()));
  }

  Row header(String name, String value) {
    var e = expected;
    var more = new LinkedHashMap<>(e.headers());
    more.put(name, value);
    return expecting(
        new Expected(
            e.exit(),
            e.out(),
            e.says(),
            e.neverSays(),
            e.atLeast(),
            e.atMost(),
            e.requests(),
            more,
            e.bug()));
  }

  /** Marks a bug: the row is skipped while it fails, and fails once the bug is gone. */
  Row knownBug(String what) {
    var e = expected;
    return expecting(
        new Expected(
            e.exit(),
            e.out(),
            e.says(),
            e.neverSays(),
            e.atLeast(),
            e.atMost(),
            e.requests(),
            e.headers(),
            what));
  }

  /** Names in braces: the servers and files that the row needs. */
  Collection<String> names() {
    var texts = new ArrayList<>(List.of(url));
    texts.addAll(environment.values());
    texts.addAll(flags);
    return texts.stream().flatMap(text -> Peers.namesIn(text).stream()).toList();
  }

  String title() {
    return group + ": " + name;
  }
}
