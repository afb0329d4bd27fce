package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The index of a jar: a resource that says which providers the jar holds, so that none of its code
 * has to run before one of them is chosen.
 *
 * <p>UTF-8 text. A provider is a line {@code name=class}; below it, each of its options is a line
 * of five fields, each after a tab: name, variable, marks ({@code secret}, {@code required}, both
 * with a blank between them, or nothing), default ({@code =value} or nothing) and description.
 * Lines that begin with {@code #} are comments.
 */
public final class ProviderIndex {
  /** The resource's name. */
  public static final String RESOURCE = "META-INF/sessiontoken/providers";

  /** Upper bound of an index in bytes. */
  static final int MAX_BYTES = 64 << 10;

  private static final int MAX_TYPE = 500;

  private ProviderIndex() {}

  /**
   * Writes the index of a provider and of all others that are compiled into the same folder, as
   * {@link #RESOURCE} in that folder; nothing if the provider is in a jar or not installed. {@code
   * ProviderContractTest} calls this in the build of a provider, before its jar is packed. Creates
   * the providers that the service loader of the calling thread's context finds in the folder.
   *
   * @param provider the class of one provider
   * @throws IOException if the index cannot be written
   * @throws IllegalArgumentException if a provider's name or options break the rules of {@link
   *     dev.sessiontoken.spi.SessionTokenProvider}
   */
  public static void writeBeside(Class<?> provider) throws IOException {
    var classes = SessionTokenProviders.location(provider);
    if (classes.isEmpty() || !Files.isDirectory(classes.get())) return;
    var found = new ArrayList<ProviderDescription>();
    for (var each : SessionTokenProviders.installed()) {
      if (SessionTokenProviders.location(each.type()).equals(classes)) found.add(described(each));
    }
    if (found.isEmpty()) return;
    var file = classes.get().resolve(RESOURCE);
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(file, text(found));
  }

  private static ProviderDescription described(ServiceLoader.Provider<SessionTokenProvider> found) {
    String type = found.type().getName();
    try {
      var provider = GuardedProvider.of(found.get(), Path.of(type));
      return new ProviderDescription(provider.name(), type, provider.options());
    } catch (UnusableJarException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Returns the text of the index of a jar that holds this provider alone. */
  public static String of(SessionTokenProvider provider) {
    String type = provider.getClass().getName();
    return text(List.of(new ProviderDescription(provider.name(), type, provider.options())));
  }

  /** Returns the text of an index. */
  static String text(List<ProviderDescription> providers) {
    var text = new StringBuilder();
    for (var provider : providers) {
      text.append(provider.name()).append('=').append(provider.type()).append('\n');
      for (var option : provider.options()) append(text, option);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, ProviderOption option) {
    String marks = (option.secret() ? "secret " : "") + (option.required() ? "required" : "");
    boolean isShown = !option.secret() && option.defaultValue().isPresent();
    text.append('\t').append(option.name());
    text.append('\t').append(Printable.of(option.variable()));
    text.append('\t').append(marks.strip());
    text.append('\t').append(isShown ? "=" + Printable.of(option.defaultValue().get()) : "");
    text.append('\t').append(Printable.of(option.description())).append('\n');
  }

  /**
   * Reads the text of an index.
   *
   * @throws UnusableJarException if a line of it is not as described above
   */
  static List<ProviderDescription> parse(String text) throws UnusableJarException {
    var providers = new ArrayList<ProviderDescription>();
    for (String line : text.lines().toList()) {
      if (line.isBlank() || line.startsWith("#")) continue;
      if (line.startsWith("\t") && !providers.isEmpty()) {
        var last = providers.removeLast();
        var options = new ArrayList<>(last.options());
        options.add(option(line));
        providers.add(new ProviderDescription(last.name(), last.type(), options));
      } else {
        providers.add(provider(line));
      }
    }
    return providers;
  }

  private static ProviderDescription provider(String line) throws UnusableJarException {
    int sign = line.indexOf('=');
    if (sign < 1) throw malformed(line);
    String name = line.substring(0, sign).strip();
    String type = line.substring(sign + 1).strip();
    boolean isType = !type.isEmpty() && type.length() <= MAX_TYPE;
    if (!GuardedProvider.isName(name) || !isType) throw malformed(line);
    return new ProviderDescription(name, type, List.of());
  }

  private static ProviderOption option(String line) throws UnusableJarException {
    String[] fields = line.split("\t", -1); // the first is empty: the line begins with a tab
    if (fields.length != 6 || !GuardedProvider.isName(fields[1])) throw malformed(line);
    var marks = List.of(fields[3].split(" ", -1));
    var value = Optional.of(fields[4]).filter(field -> field.startsWith("="));
    return new ProviderOption(
        fields[1],
        Printable.of(fields[2]),
        Printable.of(fields[5]),
        marks.contains("secret"),
        marks.contains("required"),
        value.map(field -> field.substring(1)));
  }

  private static UnusableJarException malformed(String line) {
    return new UnusableJarException(
        "its index has a line that is no provider and no option: " + Printable.of(line, 60));
  }
}
