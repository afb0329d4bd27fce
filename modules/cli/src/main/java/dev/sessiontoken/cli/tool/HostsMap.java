package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Names the external provider of each host at which a tool logs in. The deployment's own patterns
 * are for URLs of git, and a registry's host rarely fits one.
 *
 * @param rules the first that covers a host holds
 */
record HostsMap(List<HostRule> rules) {
  static final String VARIABLE = "CODER_HOSTS";
  private static final Path SYSTEM = Path.of("/etc/coder/hosts");

  /**
   * Reads the variable {@code CODER_HOSTS}, the file of the machine and the file of the user: in
   * this order, so that the workspace's template has the last word.
   *
   * @throws NotConfigured if a line is wrong, or a file may be changed by other users
   */
  static HostsMap of(Arguments arguments) throws NotConfigured {
    return of(arguments, SYSTEM);
  }

  static HostsMap of(Arguments arguments, Path system) throws NotConfigured {
    var rules = new ArrayList<HostRule>();
    var variable = arguments.variable(VARIABLE);
    if (variable.isPresent()) rules.addAll(given(variable.get()).rules());
    rules.addAll(HostsFile.read(system).rules());
    var own = userFile(arguments);
    if (own.isPresent()) rules.addAll(HostsFile.read(own.get()).rules());
    return new HostsMap(List.copyOf(rules));
  }

  /** A value that begins with a slash is the path of a file; no host begins so. */
  private static HostsText given(String value) throws NotConfigured {
    return value.startsWith("/")
        ? HostsFile.read(Path.of(value))
        : HostsText.of(VARIABLE, value.replace(';', '\n'));
  }

  /**
   * Returns the user's hosts file, which need not exist: by the XDG Base Directory Specification,
   * which ignores relative paths. Empty if the environment names no folder for it.
   */
  static Optional<Path> userFile(Arguments arguments) {
    String config = arguments.variable("XDG_CONFIG_HOME").orElse("");
    if (config.startsWith("/")) return Optional.of(Path.of(config, "coder", "hosts"));
    String home = arguments.variable("HOME").orElse("");
    return home.startsWith("/")
        ? Optional.of(Path.of(home, ".config", "coder", "hosts"))
        : Optional.empty();
  }

  /** Returns the rule for a host; empty if the map has none. */
  Optional<HostRule> find(ToolHost host) {
    for (var rule : rules) if (rule.covers(host)) return Optional.of(rule);
    return Optional.empty();
  }

  /** Returns the rule because of which a rule never holds; empty if it holds. */
  Optional<HostRule> before(HostRule rule) {
    var first = find(rule.place());
    return first.filter(each -> !each.origin().equals(rule.origin()));
  }
}
