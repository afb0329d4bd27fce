package dev.sessiontoken.http;

import dev.sessiontoken.http.tls.TlsFailure;

/**
 * Parts of problems and hints that ask for a change of the caller's settings, in neutral words. A
 * program that has names for these settings replaces the parts by its names: the command line
 * replaces them by its flags.
 */
public final class Remedy {
  /** The time limit was too short, or the peer is too slow. */
  public static final String MORE_TIME = "a longer time limit may help";

  /** A certificate's authority is not trusted: {@link DeploymentSettings#withCaFile}. */
  public static final String TRUST = TlsFailure.TRUST;

  /** What {@link DeploymentSettings#withCaFile} is called where its file cannot be used. */
  public static final String CA_FILE = "the CA file setting";

  /** The server asks for {@link DeploymentSettings#withClientCertificate}. */
  public static final String CLIENT_CERTIFICATE = "set a client certificate and its key";

  /** A server before the deployment wants {@link DeploymentSettings#withHeader}. */
  public static final String HEADER = "set the header";

  /** Several agents share one machine, and which one is meant was not set. */
  public static final String AGENT_NAME = "set the name of the agent";

  private Remedy() {}
}
