package dev.sessiontoken.resident;

import dev.sessiontoken.cli.process.Host;
import dev.sessiontoken.cli.process.NeedsOwnProcessException;
import dev.sessiontoken.client.CoderClient;
import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What one command sees of this process. Its connections and tokens are kept for other commands
 * once it has ended well.
 */
final class SharedProcess implements Host {
  private final Fingerprint fingerprint;
  private final KeptClients clients;
  private final KeptTokens tokens;
  private final List<KeptClients.Lease> leases = new ArrayList<>();
  private final List<KeptTokens.Loan> loans = new ArrayList<>();
  private volatile boolean isRefused;
  private boolean isEnded;

  SharedProcess(Fingerprint fingerprint, KeptClients clients, KeptTokens tokens) {
    this.fingerprint = fingerprint;
    this.clients = clients;
    this.tokens = tokens;
  }

  @Override
  public boolean isShared() {
    return true;
  }

  @Override
  public void requireOwn(String what) {
    isRefused = true; // also where the exception is caught on its way
    throw new NeedsOwnProcessException(what);
  }

  /** Returns whether the command wanted what it may not do here. */
  boolean isRefused() {
    return isRefused;
  }

  @Override
  public CoderClient connect(
      DeploymentSettings settings, SessionTokenProvider provider, Map<String, String> options)
      throws NotConfigured {
    var way = fingerprint.of(settings);
    if (way.isEmpty()) return new CoderClient(settings, provider, options);
    var lease = lease(way.get(), settings);
    return CoderClient.over(
        lease.http(), () -> {}, settings, loan(way.get(), provider, options), options);
  }

  private synchronized KeptClients.Lease lease(String way, DeploymentSettings settings)
      throws NotConfigured {
    if (isEnded) throw new NeedsOwnProcessException("the call has ended");
    var lease = clients.lease(way, settings);
    leases.add(lease);
    return lease;
  }

  private synchronized SessionTokenProvider loan(
      String way, SessionTokenProvider provider, Map<String, String> options) {
    boolean isNamed =
        options.containsKey(CoderClient.AGENT_NAME); // may lead to a warning each time
    if (isNamed) return provider;
    var loan = tokens.loan(fingerprint.of(way, provider.name(), options), provider);
    loans.add(loan);
    return loan;
  }

  /** Returns whether the command used a client that another one had used. */
  synchronized boolean isConnectionKept() {
    return leases.stream().anyMatch(KeptClients.Lease::isReused);
  }

  /** Returns whether the command used a session token that was issued to another one. */
  synchronized boolean isTokenKept() {
    return loans.stream().anyMatch(KeptTokens.Loan::isKept);
  }

  /**
   * Ends the use of connections and tokens.
   *
   * @param isAnswered whether the deployment has answered: else no connection is kept
   * @param isAccepted whether it has accepted the session token: else that is not kept
   */
  synchronized void end(boolean isAnswered, boolean isAccepted) {
    isEnded = true;
    for (var lease : leases) clients.giveBack(lease, isAnswered);
    for (var loan : loans) loan.end(isAccepted);
  }
}
