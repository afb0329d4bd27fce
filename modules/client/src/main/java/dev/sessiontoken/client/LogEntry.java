package dev.sessiontoken.client;

import java.time.Instant;

/**
 * A line of an agent's log, as the dashboard shows it.
 *
 * @param createdAt when the line was written; sent in UTC
 * @param level how serious the line is
 * @param output the text without a line end, of any length. {@link CoderClient#sendLogs} sends
 *     texts of over 1024 characters as several lines: the deployment would cut them. NUL characters
 *     are removed: the deployment's database has none
 */
public record LogEntry(Instant createdAt, LogLevel level, String output) {
  private static final long YEAR_0 = -62_167_219_200L;
  private static final long YEAR_10000 = 253_402_300_800L;

  /**
   * Removes NUL characters from the output.
   *
   * @throws IllegalArgumentException if the year has not four digits (RFC 3339)
   */
  public LogEntry {
    long second = createdAt.getEpochSecond();
    if (second < YEAR_0 || second >= YEAR_10000) throw new IllegalArgumentException("the year");
    output = output.replace("\0", "");
  }

  /** Leaves the output out: programs print secrets. */
  @Override
  public String toString() {
    return "LogEntry[" + createdAt + ", " + level + "]";
  }
}
