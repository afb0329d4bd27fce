package dev.sessiontoken.demo.fuzz;

import dev.sessiontoken.demo.fuzz.Case.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Makes cases, the same for the same seed and number.
 *
 * @param seed of the whole run
 */
record Cases(long seed) {
  /** The agent's token in all cases: it may be seen nowhere. */
  static final String TOKEN = "7c9e6679-7425-40de-944b-e07fc1f90ae7";

  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final String LINKED =
      "{\"access_token\":\"gho_bananas\",\"token_extra\":{\"authed_user\":{\"id\":\"U1\",\"n\":7}},"
          + "\"url\":\"\",\"type\":\"github\",\"username\":\"gho_bananas\",\"password\":\"\"}";
  private static final String UNLINKED =
      "{\"access_token\":\"\",\"token_extra\":null,\"url\":\"https://coder.test/external-auth/x\","
          + "\"type\":\"\",\"username\":\"\",\"password\":\"\"}";
  private static final String REFUSAL =
      "{\"message\":\"No.\",\"detail\":\"Because:"
          + " github=\\\"^https://github\\\\\\\\.com\\\",b=\\\"c\\\"\","
          + "\"validations\":[{\"field\":\"f\",\"detail\":\"d\"}]}";
  private static final List<String> STATUSES =
      List.of(
          "200 OK",
          "200 OK",
          "200 OK",
          "400 No",
          "401 No",
          "403 No",
          "404 No",
          "302 Found",
          "500 No");
  private static final List<List<String>> ASKING =
      List.of(
          List.of("external-auth", "access-token", "github"),
          List.of("external-auth", "access-token", "github", "--output", "json"),
          List.of("external-auth", "access-token", "github", "-v"),
          List.of("external-auth", "access-token", "github", "--extra", "authed_user.id"),
          List.of("external-auth", "access-token", "--match", "https://github.com/a"),
          List.of("external-auth", "list"),
          List.of("external-auth", "list", "--output", "json"),
          List.of("gitssh", "--", "git@h.test"));
  private static final List<String> PROMPTS =
      List.of(
          "Username for 'https://github.com': ",
          "Password for 'https://u@github.com': ",
          "Password for 'http://u%20v@127.0.0.1:8080/r.git': ",
          "Username for \"https://[::1]:443/a b\": ",
          "Passwort f\u00fcr 'https://u@github.com': ");
  private static final List<String> REQUESTS =
      List.of(
          "protocol=https\nhost=github.com\n\n",
          """
          protocol=https
          host=github.com
          path=a/b.git
          username=u
          wwwauth[]=Basic realm="x"

          """,
          "capability[]=authtype\nprotocol=http\nhost=127.0.0.1:8080\n\n");
  private static final List<String> WORDS =
      List.of(
          "external-auth",
          "access-token",
          "list",
          "login",
          "auth",
          "providers",
          "version",
          "setup",
          "git",
          "gitaskpass",
          "git-credential",
          "get",
          "gitssh",
          "github",
          "--help",
          "-h",
          "-v",
          "--version",
          "--output",
          "json",
          "text",
          "--match",
          "--extra",
          "--wait",
          "--wait=1ms",
          "--timeout",
          "1ms",
          "300ms",
          "--auth",
          "token",
          "token-file",
          "aws-instance-identity",
          "auto",
          "token,command",
          "--auth-option",
          "a=b",
          "command=true",
          "--agent-name",
          "--agent-url",
          "http://127.0.0.1:1",
          "--agent-token",
          "--agent-token=" + TOKEN,
          TOKEN,
          "--agent-token-file",
          "/dev/null",
          "/",
          "--ca-file",
          "--client-cert-file",
          "--client-key-file",
          "--header",
          "A=b",
          "--header-command",
          "false",
          "--no-open",
          "--login-timeout",
          "0",
          "--",
          "-",
          "",
          "=",
          "--=");
  private static final Map<String, List<String>> VARIABLES =
      Map.ofEntries(
          Map.entry(
              "CODER_AGENT_AUTH",
              List.of(
                  "token",
                  "token-file",
                  "azure-instance-identity",
                  "command",
                  "auto",
                  "command,token")),
          Map.entry("CODER_AUTH_COMMAND", List.of("false", "cat", "[", "sh -c '")),
          Map.entry(
              "CODER_AGENT_TOKEN_FILE", List.of("/dev/null", "/proc/self/environ", "/nowhere")),
          Map.entry("CODER_AGENT_NAME", List.of("dev")),
          Map.entry("CODER_TIMEOUT", List.of("300ms", "1s")),
          Map.entry("CODER_CA_FILE", List.of("/etc/passwd", "/")),
          Map.entry("CODER_CLIENT_TLS_CERT_FILE", List.of("/etc/passwd")),
          Map.entry("CODER_CLIENT_TLS_KEY_FILE", List.of("/etc/passwd")),
          Map.entry("CODER_HEADER", List.of("X-A=b")),
          Map.entry("CODER_HEADER_COMMAND", List.of("echo X-A=b", "exit 3")),
          Map.entry("CODER_VERBOSE", List.of("true", "0")),
          Map.entry("CODER_AUTH_PROVIDER_PATH", List.of("/tmp/none", "/")),
          Map.entry("CODER_ALLOW_HTTP", List.of("h.test,127.0.0.1")),
          Map.entry("HTTP_PROXY", List.of("http://u:pw@127.0.0.1:1")),
          Map.entry("http_proxy", List.of("http://127.0.0.1:1", "socks5://h")),
          Map.entry("NO_PROXY", List.of("127.0.0.1", "10.0.0.0/8,.test")),
          Map.entry("SSL_CERT_FILE", List.of("/etc/passwd")),
          Map.entry("GIT_PREFIX", List.of("")),
          Map.entry("XDG_RUNTIME_DIR", List.of("/nowhere", "/proc")),
          Map.entry("TMPDIR", List.of("/nowhere")),
          Map.entry("LC_ALL", List.of("C", "xx_YY.UTF-8")),
          Map.entry("HOME", List.of("/nowhere", "")));

  /** Returns the case of a number. */
  Case of(long number) {
    var random = new SplittableRandom(seed * 1_000_003 + number);
    var mutator = new Mutator(random);
    return switch (KINDS.get((int) (number % KINDS.size()))) {
      case HEAD -> asking(mutator, Kind.HEAD, mutator.mutate(answer(mutator, body(mutator))));
      case JSON -> asking(mutator, Kind.JSON, answer(mutator, mutator.mutate(body(mutator))));
      case FRAMES -> asking(mutator, Kind.FRAMES, mutator.mutate(frames(body(mutator))));
      case PROMPT -> prompt(mutator);
      case CREDENTIAL -> credential(mutator);
      case ARGUMENTS -> arguments(mutator);
      case ENVIRONMENT -> environment(mutator);
    };
  }

  private static String body(Mutator mutator) {
    return mutator.oneOf(List.of(LINKED, LINKED, UNLINKED, REFUSAL, REFUSAL));
  }

  private static String answer(Mutator mutator, String body) {
    return "HTTP/1.1 "
        + mutator.oneOf(STATUSES)
        + "\r\nContent-Type: application/json; charset=utf-8\r\nX-Coder-Request-Id: 1\r\n"
        + "Content-Length: "
        + body.length()
        + "\r\nConnection: close\r\n\r\n"
        + body;
  }

  private static String frames(String body) {
    return new Http2Frames()
        .head(":status", "200", "content-type", "application/json", "x-coder-request-id", "1")
        .body(body, true)
        .text();
  }

  private static Case asking(Mutator mutator, Kind kind, String answer) {
    return new Case(kind, mutator.oneOf(ASKING), variables(), "", answer);
  }

  /** The token, and as little else as a command needs. */
  private static Map<String, String> variables() {
    return Map.of("CODER_AGENT_TOKEN", TOKEN, "CODER_TIMEOUT", "700ms", "PATH", "/nowhere");
  }

  private static Case prompt(Mutator mutator) {
    String question = mutator.mutate(mutator.oneOf(PROMPTS)).replace("\0", "");
    var arguments = List.of("gitaskpass", "--login-timeout", "0", "--", question);
    return new Case(Kind.PROMPT, arguments, variables(), "", answer(mutator, body(mutator)));
  }

  private static Case credential(Mutator mutator) {
    String request = mutator.mutate(mutator.oneOf(REQUESTS));
    var arguments = List.of("git-credential", "get", "--login-timeout", "0");
    return new Case(
        Kind.CREDENTIAL, arguments, variables(), request, answer(mutator, body(mutator)));
  }

  private static Case arguments(Mutator mutator) {
    var arguments = new ArrayList<>(mutator.oneOf(ASKING));
    for (int i = mutator.random().nextInt(4); i >= 0; i--) {
      int at = mutator.random().nextInt(arguments.size() + 1);
      arguments.add(at, mutator.oneOf(WORDS));
    }
    int changed = mutator.random().nextInt(arguments.size());
    boolean isMutated = mutator.random().nextBoolean() && !arguments.get(changed).contains(TOKEN);
    if (isMutated) {
      arguments.set(changed, mutator.mutate(arguments.get(changed)).replace("\0", ""));
    }
    return new Case(Kind.ARGUMENTS, arguments, variables(), "", answer(mutator, LINKED));
  }

  private static Case environment(Mutator mutator) {
    var environment = new HashMap<>(variables());
    var choices = List.copyOf(new TreeMap<>(VARIABLES).entrySet());
    for (int i = mutator.random().nextInt(3); i >= 0; i--) {
      var choice = mutator.oneOf(choices);
      String value = mutator.oneOf(choice.getValue());
      boolean isMutated = mutator.random().nextBoolean();
      environment.put(choice.getKey(), isMutated ? mutator.mutate(value).replace("\0", "") : value);
    }
    return new Case(
        Kind.ENVIRONMENT, mutator.oneOf(ASKING), environment, "", answer(mutator, body(mutator)));
  }
}
