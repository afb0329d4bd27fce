package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.Secrets;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A dropped-in provider whose mistakes become a {@link BrokenProviderException}, so that they are
 * not taken for mistakes of this program. Its name and options were read once, when it was loaded.
 *
 * @param provider the provider of the jar
 * @param place the jar or folder of jars
 */
@SuppressWarnings("try") // resources are there for their end alone
record GuardedProvider(
    SessionTokenProvider provider,
    String name,
    List<ProviderOption> options,
    boolean renews,
    Path place)
    implements SessionTokenProvider {

  /**
   * Wraps a provider. Calls its methods, obtain excepted.
   *
   * @throws UnusableJarException if its name or an option breaks the rules
   */
  static GuardedProvider of(SessionTokenProvider provider, Path place) throws UnusableJarException {
    var name = provider.name();
    var options = provider.options();
    if (name == null || !isName(name)) {
      throw new UnusableJarException(
          type(provider) + " has no name of lower case letters, digits and hyphens");
    }
    if (options == null || options.stream().anyMatch(each -> each == null || !isSane(each))) {
      throw new UnusableJarException(
          type(provider) + " has an option without a name of lower case letters and hyphens");
    }
    return new GuardedProvider(provider, name, List.copyOf(options), provider.renews(), place);
  }

  private static String type(SessionTokenProvider provider) {
    return provider.getClass().getName();
  }

  private static boolean isSane(ProviderOption option) {
    return option.name() != null
        && option.variable() != null
        && option.description() != null
        && option.defaultValue() != null
        && isName(option.name());
  }

  /** Whether a text can be the name of a provider or an option. */
  static boolean isName(String text) {
    return text.matches("[a-z0-9][a-z0-9-]{0,62}");
  }

  @Override
  public Optional<String> lacks(ProviderContext context) {
    var secrets = secrets(context);
    var hiding = HidingContext.of(context, secrets);
    try (var restored = ContextClassLoader.of(provider.getClass())) {
      var lack = provider.lacks(hiding);
      if (lack == null) throw broken("gives null instead of what is lacking", null);
      return lack.map(secrets::hide);
    } catch (BrokenProviderException e) {
      throw e;
    } catch (Throwable e) { // code of the jar may throw anything
      throw failed(e, secrets);
    }
  }

  @Override
  public SessionToken obtain(ProviderContext context)
      throws SessionTokenException, InterruptedException {
    var secrets = secrets(context);
    var hiding = HidingContext.of(context, secrets);
    try (var restored = ContextClassLoader.of(provider.getClass())) {
      var token = provider.obtain(hiding);
      if (token == null) throw broken("gives null instead of a token", null);
      return token;
    } catch (SessionTokenException e) {
      throw e.hiding(secrets);
    } catch (InterruptedException | BrokenProviderException e) {
      throw e;
    } catch (Throwable e) { // code of the jar may throw anything
      throw failed(e, secrets);
    }
  }

  private BrokenProviderException failed(Throwable failure, Secrets secrets) {
    String missing = MissingClass.in(failure).map(clause -> ": " + clause).orElse("");
    return broken("fails with " + failure.getClass().getName() + secrets.hide(missing), failure);
  }

  private Secrets secrets(ProviderContext context) {
    return Secrets.of(DeclaredOptions.secrets(this, context::option));
  }

  private BrokenProviderException broken(String how, @Nullable Throwable cause) {
    return new BrokenProviderException("the provider " + name + " in " + place + " " + how, cause);
  }

  /** Leaves the text of the jar's own class out, which may hold a secret. */
  @Override
  public String toString() {
    return "GuardedProvider[" + name + " in " + place + "]";
  }
}
