package dev.sessiontoken.cli.args;

import dev.sessiontoken.cli.args.Arguments.Given;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.spi.FieldSetter;
import org.kohsuke.args4j.spi.Setter;

/** Receives the values of one flag from args4j: into lists, instead of an annotated field. */
record Collector(String name, List<String> values, List<Given> order) implements Setter<String> {

  @Override
  public void addValue(String value) {
    values.add(value);
    order.add(new Given(name, value));
  }

  @Override
  public Class<String> getType() {
    return String.class;
  }

  @Override
  public boolean isMultiValued() {
    return true;
  }

  @Override
  public @Nullable FieldSetter asFieldSetter() {
    return null;
  }

  @Override
  public @Nullable AnnotatedElement asAnnotatedElement() {
    return null;
  }
}
