package dev.sessiontoken.http;

import dev.sessiontoken.http.tls.TlsFailure;

/**
 * Parts of hints and problems that concern a setting of whoever called this library, in neutral
 * words. A program whose settings have names of their own replaces these parts by such names, as
 * the command line does with its flags.
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

  /** Several agents share one machine, and which one is meant was not set. */
  public static final String AGENT_NAME = "set the name of the agent";

  private Remedy() {}
}
