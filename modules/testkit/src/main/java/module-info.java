/** Fakes that insist on the protocol, and the tests that every provider must pass. */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.testkit {
  requires static transitive org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.discovery;
  requires transitive dev.sessiontoken.spi;
  requires transitive jakarta.json;
  requires static org.junit.jupiter.api; // both: only for who inherits the contract test
  requires static org.assertj.core;
  requires jdk.httpserver;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;

  exports dev.sessiontoken.testkit;
}
