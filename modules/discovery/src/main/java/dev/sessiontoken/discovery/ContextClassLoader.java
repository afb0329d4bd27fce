package dev.sessiontoken.discovery;

import org.jspecify.annotations.Nullable;

/**
 * Sets the context class loader of the calling thread until it is closed. Libraries look for their
 * services and resources with that loader: it must be the loader of a jar while code of the jar
 * runs, and the caller's own while the caller's code runs.
 *
 * @param thread the calling thread
 * @param former what is set again at the end
 */
record ContextClassLoader(Thread thread, @Nullable ClassLoader former) implements AutoCloseable {

  /** Sets the loader, to be closed by the same thread. */
  static ContextClassLoader set(@Nullable ClassLoader loader) {
    var thread = Thread.currentThread();
    var former = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    return new ContextClassLoader(thread, former);
  }

  /** Sets the loader of a class. */
  static ContextClassLoader of(Class<?> type) {
    return set(type.getClassLoader());
  }

  @Override
  public void close() {
    thread.setContextClassLoader(former);
  }
}
