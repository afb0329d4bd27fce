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
 * One line of the fault matrix: what stands between the program and its deployment, and what must
 * come out. Texts may name peers and files in braces, such as <code>https://{nginx-tls12}</code>:
 * {@link Peers} knows what they stand for. Immutable.
 *
 * @param group which peer
 * @param name what it does, unique within the group
 * @param url the deployment's
 * @param environment more variables; an empty one takes a variable away
 * @param flags more flags
 * @param server what a server of this row's own does, if it has one: <code>{server}</code>
 * @param variants how many times to run it, each time with a server of another number
 * @param expected what must come out
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

  /** What is printed for a provider that the user is logged in to. */
  static final String TOKEN = "gho_bananas";

  /** A time that no row comes near, unless it hangs: by itself the program gives up after 30 s. */
  private static final Duration AT_MOST = Duration.ofSeconds(20);

  /**
   * A server of the row's own.
   *
   * @param isTls whether it shakes hands before its script begins
   * @param opensAfter text of standard error that must come before it listens, or empty
   * @param script what it does, by the number of the variant
   */
  record Server(boolean isTls, String opensAfter, IntFunction<Script> script) {}

  /**
   * What must come out.
   *
   * @param exit exit code
   * @param out standard output, all of it
   * @param says pattern that standard error must hold; if empty, standard error must be
   * @param neverSays patterns that it must not hold
   * @param atLeast how long it takes at least
   * @param atMost and at most
   * @param requests how many requests the peer must see, or negative if that does not matter
   * @param headers headers that the deployment must have seen with each
   * @param bug what is wrong with the program, if the row is known not to hold
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

  /** A server of its own, without TLS. */
  Row server(Script script) {
    return served("http", new Server(false, "", _ -> script), 1);
  }

  /** A server of its own, with TLS. */
  Row tlsServer(Script script) {
    return served("https", new Server(true, "", _ -> script), 1);
  }

  /** A server of its own for each number from 0 on. */
  Row servers(int count, IntFunction<Script> script) {
    return served("http", new Server(false, "", script), count);
  }

  /** A server of its own that does not listen before the program says so much. */
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

  /** It fails with this code, and says why; standard output stays empty. */
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

  /** It succeeds, and says this besides. */
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

  /** So many requests reach the peer: the row's own server, else the deployment behind it. */
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

  /** The program is known to fail here. The row is skipped until it holds, then fails. */
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

  /** Which peers it needs, by the names in braces. */
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
