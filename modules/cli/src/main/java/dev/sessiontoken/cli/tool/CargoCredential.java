package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.agent.AgentFlags;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.cli.command.ProtocolCommand;
import dev.sessiontoken.client.UnknownProviderException;
import dev.sessiontoken.http.Json;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import jakarta.json.JsonArray;
import jakarta.json.JsonException;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Answers cargo as a credential provider, by version 1 of the protocol in the Cargo book: a
 * greeting, then one line of JSON for each request.
 */
public final class CargoCredential implements ProtocolCommand {
  private static final int FAILED = 1;
  private static final String STEP = "read what cargo asks for";
  private static final String HINT = "this command is for cargo to call";
  private static final Flag PLUGIN =
      Flag.onOff("--cargo-plugin", "", "", "how cargo calls the program");
  private static final String PREFIX = "--prefix";
  private static final int VERSION = 1;

  @Override
  public String words() {
    return "cargo-credential";
  }

  @Override
  public String summary() {
    return "be cargo's credential provider";
  }

  @Override
  public String description() {
    return """
    Speaks the protocol of cargo's credential providers: requests and answers are
    lines of JSON. Has tokens for registries in the hosts map. Login and logout are
    not supported, for nothing is kept here. The same program is
    bin/cargo-credential-coder, which cargo's configuration names:
      [registry]
      global-credential-providers = ["cargo:token", "cargo-credential-coder"]
    """;
  }

  @Override
  public List<Flag> flags() {
    return AgentFlags.and(PLUGIN);
  }

  @Override
  public Outcome run(Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    var lines = new ToolLines(invocation.terminal().in());
    write("{\"v\":[" + VERSION + "]}", invocation);
    for (var line = lines.next(); line.isPresent(); line = lines.next()) {
      write(answer(request(line.get()), invocation).toString(), invocation);
    }
    return Outcome.ok("");
  }

  /** cargo takes a failure as an answer: the program itself has not failed. */
  @Override
  public Outcome failed(ExitCode code, String line) {
    return code == ExitCode.USAGE
        ? new Outcome(FAILED, "")
        : Outcome.ok(error("other", line).toString() + "\n");
  }

  /** cargo waits for each line before it goes on. */
  private static void write(String line, Invocation invocation) throws Unreachable {
    try {
      invocation.terminal().out().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      invocation.terminal().out().flush();
    } catch (IOException e) {
      throw new Unreachable("answer cargo", "standard output is closed", "", e);
    }
  }

  /** The parser's message would quote the line. */
  private static JsonObject request(String line) throws NotConfigured {
    try (var reader = Json.provider().createReader(new StringReader(line))) {
      var request = reader.readObject();
      boolean isKnown =
          request.get("v") instanceof JsonNumber version && version.toString().equals("1");
      if (isKnown) return request;
      throw wrong("the request is not of version 1", null);
    } catch (JsonException | IllegalStateException e) {
      throw wrong("a line is no JSON object", e);
    }
  }

  private static JsonObject answer(JsonObject request, Invocation invocation)
      throws UnknownProviderException, SessionTokenException, InterruptedException {
    if (!string(request, "kind").equals("get")) return error("operation-not-supported", "");
    var registry =
        request.get("registry") instanceof JsonObject object
            ? object
            : JsonObject.EMPTY_JSON_OBJECT;
    String index = string(registry, "index-url");
    String url = index.substring(index.indexOf('+') + 1); // as in sparse+https://host/
    if (!url.startsWith("https://") && !url.startsWith("http://")) return error("not-found", "");
    return switch (HostLogins.ask(ToolHost.parse(url), invocation)) {
      case HostAnswer.Login login -> token(login, prefix(request, login));
      case HostAnswer.LoginDue due -> error("other", due.message());
      case HostAnswer.None _ -> error("not-found", "");
    };
  }

  private static String prefix(JsonObject request, HostAnswer.Login login) {
    var words = request.get("args") instanceof JsonArray array ? array : JsonArray.EMPTY_JSON_ARRAY;
    for (int i = 0; i + 1 < words.size(); i++) {
      boolean isPrefix = words.get(i) instanceof JsonString word && word.getString().equals(PREFIX);
      if (isPrefix && words.get(i + 1) instanceof JsonString value) return value.getString();
    }
    return login.isBearer() ? "Bearer " : "";
  }

  private static JsonObject token(HostAnswer.Login login, String prefix) {
    var token = Json.provider().createObjectBuilder().add("kind", "get");
    token.add("token", prefix + login.token());
    if (login.expiry().isPresent()) {
      token.add("cache", "expires").add("expiration", login.expiry().get().getEpochSecond());
    } else token.add("cache", "session");
    token.add("operation_independent", true);
    return Json.provider().createObjectBuilder().add("Ok", token).build();
  }

  private static JsonObject error(String kind, String message) {
    JsonObjectBuilder error = Json.provider().createObjectBuilder().add("kind", kind);
    if (!message.isEmpty()) {
      error.add("message", message).add("caused-by", Json.provider().createArrayBuilder());
    }
    return Json.provider().createObjectBuilder().add("Err", error).build();
  }

  private static String string(JsonObject object, String name) {
    return object.get(name) instanceof JsonString text ? text.getString() : "";
  }

  private static NotConfigured wrong(String problem, @Nullable Throwable cause) {
    return new NotConfigured(STEP, problem, HINT, cause);
  }
}
