package dev.sessiontoken.client;

import java.util.Locale;

/** How serious a line of an agent's log is: coder's codersdk, {@code LogLevel}. */
public enum LogLevel {
  TRACE,
  DEBUG,
  INFO,
  WARN,
  ERROR;

  /** Returns the name in lower case, which is the only spelling that the deployment accepts. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
