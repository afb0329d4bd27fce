package dev.sessiontoken.cli.args;

import dev.sessiontoken.spi.Printable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.CmdLineException;
import org.kohsuke.args4j.CmdLineParser;
import org.kohsuke.args4j.NamedOptionDef;
import org.kohsuke.args4j.OptionDef;
import org.kohsuke.args4j.ParserProperties;
import org.kohsuke.args4j.spi.OptionHandler;
import org.kohsuke.args4j.spi.Parameters;
import org.kohsuke.args4j.spi.Setter;
import org.kohsuke.args4j.spi.StopOptionHandler;

/**
 * A command line, parsed once by args4j with the flags of all commands: so that a flag may stand
 * before the words of the command it belongs to.
 *
 * <p>args4j gets the flags as data instead of from annotated fields, and its messages are never
 * used: reflection, proxies and resource bundles would cost 20 ms a call, and the messages repeat
 * values, which may be secrets.
 */
public final class CommandLine extends CmdLineParser {
  private static final String END_OF_FLAGS = "--";

  private final Map<String, Flag> flags = new HashMap<>();
  private final Map<String, List<String>> given = new HashMap<>();
  private final List<String> operands = new ArrayList<>();
  private final List<Arguments.Given> order = new ArrayList<>();
  private Optional<String> problem = Optional.empty();
  private boolean hasSign;

  private CommandLine(Collection<Flag> flags) {
    super(null, ParserProperties.defaults().withAtSyntax(false).withOptionValueDelimiter("="));
    for (var flag : flags) {
      if (given.containsKey(flag.name())) continue; // several commands take it
      this.flags.put(flag.name(), flag);
      if (!flag.alias().isEmpty()) this.flags.put(flag.alias(), flag);
      var values = new ArrayList<String>();
      given.put(flag.name(), values);
      addOption(
          new Collector(flag.name(), values, order), new FlagOption(flag.name(), flag.alias()));
    }
    var others = new Collector("", operands, new ArrayList<>());
    addOption(others, new FlagOption(END_OF_FLAGS, ""));
    addArgument(others, new FlagOption.Operands());
  }

  /**
   * Parses the whole line, also behind a mistake: the flags behind it say how to report it.
   *
   * @param flags those of all commands; flags of the same name are the same flag
   */
  public static CommandLine parse(Collection<Flag> flags, List<String> args) {
    var line = new CommandLine(flags);
    try {
      line.parseArgument(args);
    } catch (CmdLineException e) { // the handlers and isOption leave nothing for args4j to refuse
      throw new IllegalStateException(e.getClass().getName());
    }
    return line;
  }

  /** Returns the first mistake, in the words of a message; empty if there is none. */
  public Optional<String> problem() {
    return problem;
  }

  /**
   * Returns everything that is no flag and no flag's value, in order: the command's words first.
   */
  public List<String> operands() {
    return operands;
  }

  /** Returns what was given, without the given number of operands at the beginning. */
  public Arguments arguments(int words, Map<String, String> environment) {
    return new Arguments(given, operands.subList(words, operands.size()), environment, order);
  }

  /** Returns a flag that was given and is not among those of a command; empty if all are. */
  public Optional<Flag> otherThan(List<Flag> own) {
    for (var flag : flags.values()) {
      boolean isGiven = !given.getOrDefault(flag.name(), List.of()).isEmpty();
      if (isGiven && !own.contains(flag)) return Optional.of(flag);
    }
    return Optional.empty();
  }

  private void note(String mistake) {
    if (problem.isEmpty()) problem = Optional.of(mistake);
  }

  @Override
  protected boolean isOption(String arg) {
    if (!super.isOption(arg) || arg.equals("-")) return false;
    int sign = arg.indexOf('=');
    String name = sign < 0 ? arg : arg.substring(0, sign);
    if (name.equals(END_OF_FLAGS) && sign < 0) return true;
    var flag = flags.get(name);
    hasSign = sign >= 0;
    if (flag == null) note("unknown flag " + Printable.of(name, 40));
    else if (flag.isSwitch() && hasSign) note(name + " takes no value");
    else return true;
    return false;
  }

  @Override
  @SuppressWarnings({"rawtypes", "unchecked"}) // args4j's own signature
  protected OptionHandler createOptionHandler(OptionDef definition, Setter setter) {
    if (!(definition instanceof NamedOptionDef named)) return new Value(this, definition, setter);
    if (named.name().equals(END_OF_FLAGS)) {
      return new StopOptionHandler(this, definition, setter);
    }
    var flag = flags.get(named.name());
    if (flag == null) return new Value(this, named, setter);
    if (flag.isSwitch()) return new Switch(this, named, setter, "true");
    return flag.bareValue().isEmpty()
        ? new Value(this, named, setter)
        : new Switch(this, named, setter, flag.bareValue());
  }

  /** Takes the next argument, whatever it looks like. */
  private static final class Value extends OptionHandler<String> {
    private final CommandLine line;

    Value(CommandLine line, OptionDef definition, Setter<? super String> setter) {
      super(line, definition, setter);
      this.line = line;
    }

    @Override
    public int parseArguments(Parameters parameters) throws CmdLineException {
      if (parameters.size() == 0) {
        line.note(option + " needs a value");
        return 0;
      }
      setter.addValue(parameters.getParameter(0));
      return 1;
    }

    @Override
    public String getDefaultMetaVariable() {
      return "VALUE";
    }
  }

  /** Takes nothing, unless a value follows after {@code =}. */
  private static final class Switch extends OptionHandler<String> {
    private final CommandLine line;
    private final String value;

    Switch(CommandLine line, OptionDef definition, Setter<? super String> setter, String value) {
      super(line, definition, setter);
      this.line = line;
      this.value = value;
    }

    @Override
    public int parseArguments(Parameters parameters) throws CmdLineException {
      setter.addValue(line.hasSign ? parameters.getParameter(0) : value);
      return line.hasSign ? 1 : 0;
    }

    @Override
    public @Nullable String getDefaultMetaVariable() {
      return null;
    }
  }
}
