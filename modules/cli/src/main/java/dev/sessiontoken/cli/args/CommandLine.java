package dev.sessiontoken.cli.args;

import dev.sessiontoken.spi.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * Parses the arguments of one command with args4j.
 *
 * <p>args4j is told the flags as data instead of by annotated fields, and its messages are never
 * used: reflection, proxies and resource bundles would cost 20 ms a call, and the messages repeat
 * values, which may be secrets.
 */
public final class CommandLine extends CmdLineParser {
  private static final String END_OF_FLAGS = "--";

  private final Map<String, Flag> flags = new HashMap<>();
  private final Map<String, List<String>> given = new HashMap<>();
  private final List<String> operands = new ArrayList<>();
  private boolean hasSign;

  private CommandLine(List<Flag> flags) {
    super(null, ParserProperties.defaults().withAtSyntax(false).withOptionValueDelimiter("="));
    for (var flag : flags) {
      this.flags.put(flag.name(), flag);
      if (!flag.alias().isEmpty()) this.flags.put(flag.alias(), flag);
      var values = given.computeIfAbsent(flag.name(), name -> new ArrayList<>());
      addOption(new Collector(values), new FlagOption(flag.name(), flag.alias()));
    }
    addOption(new Collector(operands), new FlagOption(END_OF_FLAGS, ""));
    addArgument(new Collector(operands), new FlagOption.Operands());
  }

  /**
   * What was given, by the flags' names, and the operands.
   *
   * @throws UsageException if a flag is unknown or lacks its value
   */
  public static Arguments parse(
      List<Flag> flags, Map<String, String> environment, List<String> args) {
    var line = new CommandLine(flags);
    try {
      line.parseArgument(args);
    } catch (CmdLineException e) { // our handlers and isOption leave nothing for args4j to refuse
      throw new IllegalStateException(e.getClass().getName());
    }
    return new Arguments(line.given, line.operands, environment);
  }

  @Override
  protected boolean isOption(String arg) {
    if (!super.isOption(arg) || arg.equals("-")) return false;
    int sign = arg.indexOf('=');
    String name = sign < 0 ? arg : arg.substring(0, sign);
    if (name.equals(END_OF_FLAGS) && sign < 0) return true;
    var flag = flags.get(name);
    if (flag == null) throw new UsageException("unknown flag " + Printable.of(name, 40));
    hasSign = sign >= 0;
    if (flag.isSwitch() && hasSign) throw new UsageException(name + " takes no value");
    return true;
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
    Value(CmdLineParser parser, OptionDef definition, Setter<? super String> setter) {
      super(parser, definition, setter);
    }

    @Override
    public int parseArguments(Parameters parameters) throws CmdLineException {
      if (parameters.size() == 0) throw new UsageException(option + " needs a value");
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
