/** Speaks HTTP with a deployment: one deadline, bounded answers, credentials for one origin. */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.http {
  requires static transitive org.jspecify; // annotations only: not needed at run time
  requires transitive dev.sessiontoken.spi;
  requires transitive jakarta.json;
  requires java.net.http;

  exports dev.sessiontoken.http;
}
