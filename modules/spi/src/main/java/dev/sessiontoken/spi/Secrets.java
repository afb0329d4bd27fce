package dev.sessiontoken.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Values that must not be shown, and their replacement in texts that are to be shown.
 *
 * <p>Immutable and safe for any number of threads. No method blocks.
 */
public final class Secrets {
  /** Shorter values occur in ordinary words: replacing them would make messages unreadable. */
  private static final int SHORTEST = 4;

  private static final String SHOWN = "[secret]";

  private final List<String> values;

  private Secrets(Collection<String> values) {
    this.values = values.stream().filter(value -> value.length() >= SHORTEST).distinct().toList();
  }

  /** Returns the given values as secrets; those of fewer than four characters are left out. */
  public static Secrets of(Collection<String> values) {
    return new Secrets(values);
  }

  /** Returns these secrets and one more. */
  public Secrets and(String value) {
    var more = new ArrayList<>(values);
    more.add(value);
    return new Secrets(more);
  }

  /** Returns the text with each secret in it replaced by {@code [secret]}; never null. */
  public String hide(String text) {
    String shown = text;
    for (String value : values) shown = shown.replace(value, SHOWN);
    return shown;
  }

  /** Leaves the values out. */
  @Override
  public String toString() {
    return "Secrets[" + values.size() + "]";
  }
}
