package dev.sessiontoken.cli.process;

import dev.sessiontoken.client.CoderClient;
import dev.sessiontoken.http.DeploymentSettings;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.util.Map;

/**
 * The process that runs a command: one that ends with the command ({@link OwnProcess}), or the
 * resident helper, which runs many commands at once and starts no programs for them.
 */
public interface Host {

  /** Returns whether other commands run in this process, now or later. */
  boolean isShared();

  /**
   * Called before whatever only a process of the command's own may do: start a program, wait for a
   * person, load code. Does nothing there.
   *
   * @param what is about to be done, for a look at the fault
   * @throws NeedsOwnProcessException in a shared process; the command is then run again elsewhere,
   *     and what it has written is thrown away
   */
  void requireOwn(String what);

  /**
   * Returns a client of a deployment, for the calls of one command. The command closes it. Reads
   * the files that the settings name; does not connect.
   *
   * @throws NotConfigured as the constructor of {@link CoderClient}
   */
  CoderClient connect(
      DeploymentSettings settings, SessionTokenProvider provider, Map<String, String> options)
      throws NotConfigured;
}
