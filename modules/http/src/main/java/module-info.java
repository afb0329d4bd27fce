/**
 * HTTP with a deployment and with metadata services: one deadline for a call, answers of limited
 * size, credentials for one origin.
 *
 * <p>Required by {@code dev.sessiontoken.client}, by the command line through it, and by providers
 * that ask a metadata service. Begin with the map of {@link dev.sessiontoken.http}; the packages
 * {@code tls} and {@code proxy} are not exported.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.http {
  requires static transitive org.jspecify; // annotations only: not needed at run time
  requires transitive dev.sessiontoken.spi;
  requires transitive jakarta.json;
  requires java.net.http;

  exports dev.sessiontoken.http;
}
