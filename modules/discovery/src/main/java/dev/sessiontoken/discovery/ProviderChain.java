package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Several providers in an order, of which the first one that is configured on this machine obtains
 * the token. A provider that lacks something, or throws {@link NotConfigured}, leaves it to the
 * next; every other failure is the failure of the chain, as it means that the provider is the right
 * one and does not work. Each call begins with the first provider again.
 *
 * <p>Immutable and safe for any number of threads if the providers are.
 */
public final class ProviderChain implements SessionTokenProvider {
  static final String SET_OPTION = "set the option or the variable";

  private static final int MAX_REASON = 200;

  /** Providers that ask no service, in the order of {@link #automatic}. */
  private static final List<String> FIRST = List.of("token", "token-file", "command");

  private final List<SessionTokenProvider> providers;

  private ProviderChain(List<SessionTokenProvider> providers) {
    this.providers = providers;
  }

  /**
   * Returns a chain of providers. Does not block, and calls none of them but for its name.
   *
   * @param providers in the order in which they are asked, see {@link #bound}
   * @throws IllegalArgumentException if the list is empty, or if two have the same name
   */
  public static ProviderChain of(List<SessionTokenProvider> providers) {
    var names = new HashSet<String>();
    for (var each : providers) {
      if (!names.add(each.name())) {
        throw new IllegalArgumentException("two providers have the name " + each.name());
      }
    }
    if (names.isEmpty()) throw new IllegalArgumentException("a chain has a provider at least");
    return new ProviderChain(List.copyOf(providers));
  }

  /**
   * Returns a provider that gets the given values, and the defaults, of its options, whatever
   * options the context has: for providers in one chain that declare options of the same name.
   *
   * @param options values by name of the option
   */
  public static SessionTokenProvider bound(
      SessionTokenProvider provider, Map<String, String> options) {
    return new BoundProvider(provider, options);
  }

  /**
   * Returns the providers that {@link SessionTokenProviders#all} finds, in the order in which the
   * command line's {@code --auth auto} asks them: {@code token}, {@code token-file}, {@code
   * command}, then all others by name. Never null. Blocks as {@code all} does.
   */
  public static List<SessionTokenProvider> automatic() {
    var order = Comparator.comparingInt(ProviderChain::rank).thenComparing(each -> each.name());
    return SessionTokenProviders.all().stream().sorted(order).toList();
  }

  private static int rank(SessionTokenProvider provider) {
    int place = FIRST.indexOf(provider.name());
    return place < 0 ? FIRST.size() : place;
  }

  /** Returns the names of the providers, parted by commas: not the name of one provider. */
  @Override
  public String name() {
    return providers.stream().map(SessionTokenProvider::name).collect(Collectors.joining(","));
  }

  /**
   * Returns the options of all providers of which {@link #bound} has not set the values. Of options
   * that have the same name, those of the first provider that declares it; a value counts for each.
   */
  @Override
  public List<ProviderOption> options() {
    var options = new LinkedHashMap<String, ProviderOption>();
    for (var provider : providers) {
      for (var each : provider.options()) options.putIfAbsent(each.name(), each);
    }
    return options.values().stream().map(ProviderChain::plain).toList();
  }

  /**
   * Where a provider lacks an option that it requires, the next one is asked; and a default is that
   * of one provider, not of others with an option of the same name.
   */
  private static ProviderOption plain(ProviderOption option) {
    return new ProviderOption(
        option.name(),
        option.variable(),
        option.description(),
        option.secret(),
        false,
        Optional.empty());
  }

  /** Returns whether some provider of the chain renews. */
  @Override
  public boolean renews() {
    return providers.stream().anyMatch(SessionTokenProvider::renews);
  }

  /**
   * Obtains a token from the first provider that is configured. Blocks as that one does.
   *
   * @throws NotConfigured if none is; the message says of each what it lacks
   * @throws SessionTokenException what the first configured provider threw
   */
  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    var lacking = new LinkedHashMap<String, String>();
    NotConfigured last = null;
    for (var provider : providers) {
      try {
        return obtain(provider, context);
      } catch (NotConfigured e) {
        last = e;
        lacking.put(provider.name(), reason(e));
        context.step(provider.name() + " is not configured: " + reason(e));
      } catch (SessionTokenException e) {
        throw lacking.isEmpty() ? e : after(lacking, e);
      }
    }
    throw none(lacking, last);
  }

  private static SessionToken obtain(SessionTokenProvider provider, ProviderContext context)
      throws SessionTokenException, InterruptedException {
    var own =
        LinkContext.of(
            context, provider, name -> DeclaredOptions.value(provider, name, context.option(name)));
    var lack = provider.lacks(own);
    if (lack.isPresent()) throw new NotConfigured("", lack.get(), "", null);
    DeclaredOptions.check(provider, own::option, SET_OPTION);
    context.step("obtain a session token by " + SessionTokenProviders.described(provider));
    return provider.obtain(own);
  }

  private static String reason(NotConfigured failure) {
    String text = failure.step().isEmpty() ? failure.problem() : failure.getMessage();
    return Printable.of(String.valueOf(text), MAX_REASON);
  }

  /** Names the providers before it: the user may have expected one of them to be used. */
  private static SessionTokenException after(
      Map<String, String> lacking, SessionTokenException failure) {
    return failure.withProblem(
        failure.problem() + " (not configured: " + String.join(", ", lacking.keySet()) + ")");
  }

  private static NotConfigured none(Map<String, String> lacking, @Nullable NotConfigured last) {
    var reasons = new ArrayList<String>();
    lacking.forEach((name, reason) -> reasons.add(name + " (" + reason + ")"));
    return new NotConfigured(
        "find a provider that is configured",
        "none is: " + String.join(", ", reasons),
        "set what one of them needs",
        last);
  }

  /** Returns the names of the providers. */
  @Override
  public String toString() {
    return "ProviderChain[" + name() + "]";
  }
}
