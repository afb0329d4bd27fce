package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.agent.CleartextUrls;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.client.ExternalAuth;
import dev.sessiontoken.client.ExternalAuthQuery;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Gets the login at a host: by the hosts map, then from the deployment. */
final class HostLogins {
  private static final String STEP = "read the login for the host";

  /** GitHub documents this name for tokens; other hosts that take any name look at the token. */
  private static final String ANY_NAME = "x-access-token";

  private HostLogins() {}

  /**
   * Returns the login at a host. Sends no request for hosts that the map does not have. Blocks.
   *
   * @throws UnknownProviderException if the deployment does not have the provider that the map
   *     names
   */
  static HostAnswer ask(ToolHost host, Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    var rule = rule(host, invocation);
    return rule.isPresent() ? ask(rule.get(), invocation) : new HostAnswer.None();
  }

  /**
   * Returns the line of the hosts map for a host; empty without one, or if no token may be sent
   * there. Sends no request.
   */
  static Optional<HostRule> rule(ToolHost host, Invocation invocation) throws NotConfigured {
    var rule = HostsMap.of(invocation.arguments()).find(host);
    if (rule.isEmpty()) {
      invocation.trace().tell("no line of the hosts map fits " + host.place());
      return rule;
    }
    var refusal = CleartextUrls.refusal(host.url(), invocation.arguments());
    refusal.ifPresent(why -> invocation.tell("coder: " + why));
    invocation.trace().tell("the hosts map has the host at " + rule.get().origin());
    return refusal.isPresent() ? Optional.empty() : rule;
  }

  /** Returns the login that a line of the hosts map names. Blocks. */
  static HostAnswer ask(HostRule rule, Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    return ask(rule.provider(), rule.user(), rule.isBearer(), invocation);
  }

  /**
   * Returns the login at a provider, whatever the host.
   *
   * @param user as in {@link HostRule#user}
   */
  static HostAnswer ask(
      String provider, Optional<String> user, boolean isBearer, Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    try (var client = AgentFlags.connect(invocation)) {
      var account = client.externalAuth(ExternalAuthQuery.id(provider), invocation.deadline());
      if (account instanceof ExternalAuth.LoginRequired login) {
        return new HostAnswer.LoginDue(login.url());
      }
      var linked = (ExternalAuth.Linked) account;
      String token = onOneLine(linked.accessToken());
      String name = onOneLine(username(user, linked));
      return new HostAnswer.Login(name, token, linked.expiresAt(), isBearer);
    }
  }

  private static String username(Optional<String> user, ExternalAuth.Linked linked)
      throws BadAnswer {
    if (user.isPresent()) {
      boolean isSubject = user.get().equals(HostRule.SUBJECT);
      return isSubject ? subject(linked.accessToken()) : user.get();
    }
    String name = linked.username();
    boolean isToken = name.isEmpty() || name.equals(linked.accessToken());
    return isToken ? ANY_NAME : name; // tools show user names
  }

  /** Returns the last part of {@code sub}: JFrog's is {@code jfac@…/users/NAME}. */
  private static String subject(String token) throws BadAnswer {
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) throw wrong("the token is no JWT, so that user=@sub has no meaning");
    String subject = claim(parts[1]);
    String name = subject.substring(subject.lastIndexOf('/') + 1);
    if (name.isEmpty()) throw wrong("the token's claim \"sub\" holds no user name for user=@sub");
    return name;
  }

  /** A message of the parser would quote the token. */
  private static String claim(String part) throws BadAnswer {
    try {
      byte[] json = Base64.getUrlDecoder().decode(part);
      var text = new StringReader(new String(json, StandardCharsets.UTF_8));
      try (var reader = Json.provider().createReader(text)) {
        var subject = reader.readObject().get("sub");
        return subject instanceof JsonString string ? string.getString() : "";
      }
    } catch (IllegalArgumentException | IllegalStateException | JsonException e) {
      throw wrong("the token is no JWT, so that user=@sub has no meaning");
    }
  }

  private static String onOneLine(String text) throws BadAnswer {
    if (text.chars().noneMatch(Character::isISOControl)) return text;
    throw wrong("its user name or token holds control characters");
  }

  private static BadAnswer wrong(String problem) {
    return new BadAnswer(STEP, problem, "\"coder hosts\" shows the hosts map", null);
  }
}
