package dev.sessiontoken.cli.agent;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.client.CoderClient;
import dev.sessiontoken.discovery.Installation;
import dev.sessiontoken.discovery.ProviderDescription;
import dev.sessiontoken.discovery.SessionTokenProviders;
import dev.sessiontoken.http.DeploymentUrl;
import dev.sessiontoken.http.Trace;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The flags of every command that calls the deployment as the agent. {@link #connect} makes the
 * client that they describe.
 */
public final class AgentFlags {
  private static final String GIVEN_TOKEN = "token";
  private static final String TOKEN_FILE = "token-file";

  /** Stands for the providers that are linked in. */
  static final String AUTO = "auto";

  /** The provider that runs a program of the user's. */
  private static final String COMMAND = "command";

  public static final Flag URL =
      Flag.value("--agent-url", "URL", "CODER_AGENT_URL", "the deployment, as https://host[:port]");
  public static final Flag TOKEN =
      Flag.value(
          "--agent-token",
          "TOKEN",
          "CODER_AGENT_TOKEN",
          "the agent's token; the variable is safer: other users see flags");
  static final Flag FILE =
      Flag.value(
          "--agent-token-file",
          "FILE",
          "CODER_AGENT_TOKEN_FILE",
          "a file that holds it; used when no token is given");
  static final Flag AUTH =
      Flag.value(
              "--auth",
              "NAME",
              "CODER_AGENT_AUTH",
              "what proves the agent: a, or a,b, or auto; see \"coder auth providers\"")
          .withDefault(GIVEN_TOKEN);
  static final Flag NAME =
      Flag.value(
          "--agent-name",
          "NAME",
          "CODER_AGENT_NAME",
          "which agent, where several share one machine");
  static final Flag OPTION =
      Flag.value("--auth-option", "NAME=VALUE", "", "an option of that provider").repeated();

  /** Flags that give an option of a linked-in provider; flag and option have the same name. */
  static final List<Flag> OF_PROVIDERS = List.of(TOKEN, FILE);

  private static final List<Flag> ALL = List.of(URL, TOKEN, FILE, AUTH, NAME, OPTION);

  private AgentFlags() {}

  /** Returns what must not be shown of the arguments: token, values of headers and of options. */
  public static List<String> secrets(Arguments arguments) {
    var secrets = new ArrayList<String>();
    arguments.value(TOKEN).ifPresent(secrets::add);
    var listed = arguments.variable(ConnectionFlags.HEADER.variable());
    listed.ifPresent(pair -> addValue(pair, secrets));
    for (String pair : listed.flatMap(CommaSeparated::parse).orElse(List.of())) {
      addValue(pair, secrets);
    }
    for (String pair : arguments.values(ConnectionFlags.HEADER)) addValue(pair, secrets);
    for (String pair : arguments.values(OPTION)) addValue(pair, secrets);
    return secrets;
  }

  private static void addValue(String pair, List<String> secrets) {
    int sign = pair.indexOf('=');
    if (sign >= 0) secrets.add(pair.substring(sign + 1));
  }

  /** Returns a command's own flags, followed by those of every command that acts as the agent. */
  public static List<Flag> and(Flag... own) {
    var flags = new ArrayList<>(List.of(own));
    flags.addAll(ALL);
    flags.addAll(ConnectionFlags.ALL);
    return flags;
  }

  /** Creates the client that the arguments describe. The caller closes it. */
  public static CoderClient connect(Invocation invocation)
      throws SessionTokenException, InterruptedException {
    var arguments = invocation.arguments();
    var origin = origin(arguments);
    String name = providerName(arguments);
    boolean isChain = name.indexOf(',') >= 0 || name.equals(AUTO);
    var provider = isChain ? ChainChoice.of(name, invocation) : provider(name, invocation);
    var options = isChain ? new HashMap<String, String>() : options(provider, invocation);
    arguments.value(NAME).ifPresent(each -> options.put(CoderClient.AGENT_NAME, each));
    invocation.trace().ended("providers");
    var settings = ConnectionFlags.settings(origin, invocation);
    var client = invocation.host().connect(settings, provider, options);
    invocation.trace().ended("set-up");
    return client;
  }

  private static Map<String, String> options(SessionTokenProvider provider, Invocation invocation)
      throws NotConfigured {
    var options = ProviderOptions.of(provider, invocation.arguments());
    hide(provider, options, invocation.trace());
    invocation
        .trace()
        .tell(
            "the agent is proved by "
                + provider.name()
                + ", from "
                + SessionTokenProviders.origin(provider));
    return options;
  }

  /**
   * Returns whether the resident helper may act as the agent with these arguments: by a provider of
   * the image that starts no program, without a header command, and with files that are the same
   * for every process of the user.
   */
  public static boolean isForResident(Arguments arguments) {
    return isOfImage(providerName(arguments))
        && arguments.values(OPTION).isEmpty()
        && isMissing(arguments, ConnectionFlags.HEADER_COMMAND)
        && arguments.value(FILE).map(AgentFlags::isSameForAll).orElse(true)
        && ConnectionFlags.files(arguments).allMatch(AgentFlags::isSameForAll);
  }

  private static boolean isOfImage(String name) {
    try {
      return !name.equals(COMMAND) && SessionTokenProviders.named(name).isPresent();
    } catch (NotConfigured e) {
      return false; // the command's own process reports it
    }
  }

  /** Paths below /proc and /dev may lead to descriptors of the process that opens them. */
  private static boolean isSameForAll(String file) {
    var path = Path.of(file).normalize();
    boolean isOfProcess = path.startsWith("/proc") || path.startsWith("/dev");
    return file.isEmpty() || (path.isAbsolute() && !isOfProcess);
  }

  /** Hides the values of secret options in all that is written. */
  static void hide(SessionTokenProvider provider, Map<String, String> options, Trace trace) {
    for (var option : provider.options()) {
      String value = option.secret() ? options.get(option.name()) : null;
      if (value != null) trace.secret(value);
    }
  }

  private static URI origin(Arguments arguments) throws NotConfigured {
    String url = arguments.value(URL).orElse("");
    if (!url.isEmpty()) return DeploymentUrl.origin(url);
    boolean noToken = providerName(arguments).equals(GIVEN_TOKEN) && isMissing(arguments, TOKEN);
    throw new NotConfigured(
        "find the deployment",
        noToken ? "neither its URL nor an agent token is given" : "its URL is not given",
        noToken
            ? "set CODER_AGENT_URL and CODER_AGENT_TOKEN, as the agent does inside a workspace"
            : "set CODER_AGENT_URL or give --agent-url",
        null);
  }

  private static SessionTokenProvider provider(String name, Invocation invocation)
      throws NotConfigured, InterruptedException {
    var linked = SessionTokenProviders.named(name);
    if (linked.isPresent()) return linked.get();
    invocation.trace().tell("look for the provider " + name + " among those dropped in");
    var installed = invocation.droppedIn().search(name, invocation.deadline());
    return invocation.droppedIn().load(name, installed).orElseThrow(() -> unknown(name, installed));
  }

  private static String providerName(Arguments arguments) {
    return meant(arguments.value(AUTH).orElse(""), arguments);
  }

  /** As in the original, {@code token} means the token file where no token is given. */
  static String meant(String name, Arguments arguments) {
    boolean isFile =
        name.equals(GIVEN_TOKEN) && isMissing(arguments, TOKEN) && !isMissing(arguments, FILE);
    return isFile ? TOKEN_FILE : name;
  }

  private static boolean isMissing(Arguments arguments, Flag flag) {
    return arguments.value(flag).orElse("").isEmpty();
  }

  static NotConfigured unknown(String name, List<Installation> droppedIn) {
    var linked = SessionTokenProviders.all().stream().map(SessionTokenProvider::name);
    var dropped = droppedIn.stream().flatMap(each -> each.providers().stream());
    var names = Stream.concat(linked, dropped.map(ProviderDescription::name)).sorted();
    return new NotConfigured(
        "choose how to prove the agent",
        "no provider is called \"" + Printable.of(name, 60) + "\"",
        "--auth and CODER_AGENT_AUTH take " + String.join(", ", names.toList()),
        null);
  }
}
