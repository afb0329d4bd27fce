package dev.sessiontoken.cli.args;

import java.lang.annotation.Annotation;
import org.kohsuke.args4j.Argument;
import org.kohsuke.args4j.Option;
import org.kohsuke.args4j.spi.OptionHandler;

/** A flag's names in the form that args4j takes: an instance of its annotation. */
@SuppressWarnings({"BadAnnotationImplementation", "rawtypes"}) // made by hand: see CommandLine
record FlagOption(String name, String alias) implements Option {

  @Override
  public String[] aliases() {
    return alias.isEmpty() ? new String[0] : new String[] {alias};
  }

  @Override
  public String usage() {
    return "";
  }

  @Override
  public String metaVar() {
    return "";
  }

  @Override
  public boolean required() {
    return false;
  }

  @Override
  public boolean help() {
    return false;
  }

  @Override
  public boolean hidden() {
    return false;
  }

  @Override
  public Class<? extends OptionHandler> handler() {
    return OptionHandler.class;
  }

  @Override
  public String[] depends() {
    return new String[0];
  }

  @Override
  public String[] forbids() {
    return new String[0];
  }

  @Override
  public Class<? extends Annotation> annotationType() {
    return Option.class;
  }

  /** The operands, in the form that args4j takes. */
  @SuppressWarnings({"BadAnnotationImplementation", "rawtypes"})
  record Operands() implements Argument {

    @Override
    public String usage() {
      return "";
    }

    @Override
    public String metaVar() {
      return "";
    }

    @Override
    public boolean required() {
      return false;
    }

    @Override
    public boolean hidden() {
      return false;
    }

    @Override
    public Class<? extends OptionHandler> handler() {
      return OptionHandler.class;
    }

    @Override
    public int index() {
      return 0;
    }

    @Override
    public boolean multiValued() {
      return true;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return Argument.class;
    }
  }
}
