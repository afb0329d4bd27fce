/**
 * Fakes of a Coder deployment and of metadata services that insist on the protocol, the contract
 * test of providers, and what tests need beside them: certificates, a server of raw bytes, jars of
 * providers. {@code dev.sessiontoken.testkit} is where to begin.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.testkit {
  requires static transitive org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.discovery;
  requires transitive dev.sessiontoken.spi;
  requires transitive jakarta.json;
  requires static org.junit.jupiter.api; // both: only for who inherits the contract test
  requires static org.assertj.core;
  requires java.net.http;
  requires jdk.compiler; // ProviderJar runs it
  requires jdk.httpserver;
  requires org.bouncycastle.pkix;
  requires org.bouncycastle.provider;
  requires org.bouncycastle.util;

  exports dev.sessiontoken.testkit;
  exports dev.sessiontoken.testkit.raw;
  exports dev.sessiontoken.testkit.tls;
}
