/**
 * The agent API of a Coder deployment, in Java types.
 *
 * <p>Used by the command line and by Java programs. Begin with {@link
 * dev.sessiontoken.client.CoderClient}.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.client {
  requires static transitive org.jspecify; // annotations only: not needed at run time
  requires transitive dev.sessiontoken.discovery;
  requires transitive dev.sessiontoken.http;
  requires transitive dev.sessiontoken.spi;
  requires transitive jakarta.json;

  exports dev.sessiontoken.client;
}
