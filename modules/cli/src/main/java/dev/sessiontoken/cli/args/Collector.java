package dev.sessiontoken.cli.args;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kohsuke.args4j.spi.FieldSetter;
import org.kohsuke.args4j.spi.Setter;

/** Receives the values of one flag from args4j: into a list, instead of an annotated field. */
record Collector(List<String> values) implements Setter<String> {

  @Override
  public void addValue(String value) {
    values.add(value);
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
