package dev.sessiontoken.client;

/** What became of lines of log that were sent. */
public sealed interface SentLogs {

  /** The deployment has all lines. */
  record Sent() implements SentLogs {}

  /**
   * The deployment keeps 1 MiB of log for an agent, and this is used up.
   *
   * @param entries how many of the entries the deployment has taken before: the first ones
   */
  record LimitExceeded(int entries) implements SentLogs {}
}
