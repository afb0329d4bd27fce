package dev.sessiontoken.client;

import java.util.Optional;

/**
 * Version of a deployment, from the header {@code X-Coder-Build-Version}, such as {@code
 * v2.26.0+5ca3f2e}.
 *
 * @param major first number
 * @param minor second number
 */
record BuildVersion(int major, int minor) {
  /**
   * First release that reads {@code agent_name} in an exchange: coder's pull request 24325, merged
   * in April 2026, between the releases 2.32 and 2.33.
   */
  static final BuildVersion KNOWS_AGENT_NAME = new BuildVersion(2, 33);

  /** Returns the version; empty for other texts and for development builds, which are 0.0.0. */
  static Optional<BuildVersion> parse(String text) {
    String numbers = text.startsWith("v") ? text.substring(1) : text;
    var parts = numbers.split("\\.", 3);
    if (parts.length < 3 || !isNumber(parts[0]) || !isNumber(parts[1])) return Optional.empty();
    var version = new BuildVersion(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    return version.major == 0 ? Optional.empty() : Optional.of(version);
  }

  private static boolean isNumber(String text) {
    boolean isShort = !text.isEmpty() && text.length() < 6;
    return isShort && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  boolean isBefore(BuildVersion other) {
    return major != other.major ? major < other.major : minor < other.minor;
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
