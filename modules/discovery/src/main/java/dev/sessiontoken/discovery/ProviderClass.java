package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.SessionTokenProvider;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A class that a jar names as a provider: its public constructor creates the instance; for a class
 * that is no provider itself, its public static method {@code provider} does, as in a module.
 *
 * @param declaring the class that the jar names
 * @param type the provider's class, or the type that the method returns
 * @param factory the method, empty for the constructor
 */
record ProviderClass(
    Class<?> declaring, Class<? extends SessionTokenProvider> type, Optional<Method> factory)
    implements ServiceLoader.Provider<SessionTokenProvider> {

  /**
   * Loads the class, without running its code.
   *
   * @throws UnusableJarException if the class is no provider
   */
  static ProviderClass load(String name, ClassLoader loader) throws UnusableJarException {
    try {
      var declaring = Class.forName(name, false, loader);
      boolean isProvider = SessionTokenProvider.class.isAssignableFrom(declaring);
      // looking for methods loads the types of all methods, of which one may be missing
      var factory = isProvider ? Optional.<Method>empty() : factory(declaring);
      var type = factory.<Class<?>>map(Method::getReturnType).orElse(declaring);
      return new ProviderClass(declaring, type.asSubclass(SessionTokenProvider.class), factory);
    } catch (ClassCastException e) {
      throw new UnusableJarException(name + " does not implement SessionTokenProvider", e);
    } catch (ClassNotFoundException e) {
      throw new UnusableJarException(name + " is listed as a provider, but is in no jar of it", e);
    }
  }

  private static Optional<Method> factory(Class<?> declaring) {
    return Stream.of(declaring.getMethods())
        .filter(each -> each.getName().equals("provider") && each.getParameterCount() == 0)
        .filter(each -> Modifier.isStatic(each.getModifiers()))
        .filter(each -> SessionTokenProvider.class.isAssignableFrom(each.getReturnType()))
        .findFirst();
  }

  @Override
  public SessionTokenProvider get() {
    try {
      if (factory.isEmpty()) return type.getConstructor().newInstance();
      return type.cast(factory.get().invoke(null));
    } catch (InvocationTargetException e) {
      throw new ServiceConfigurationError(declaring.getName() + " fails", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new ServiceConfigurationError(declaring.getName() + " cannot be created", e);
    }
  }
}
