package dev.sessiontoken.cli.tool;

import java.util.Optional;

/**
 * A line of the hosts map: the external provider whose token opens a host.
 *
 * @param place host and path, as {@link ToolHost} has them; the path may be empty
 * @param provider id of the external provider
 * @param user user name that goes with the token; {@link #SUBJECT} for the token's own; empty for
 *     the deployment's
 * @param isBearer whether tools that would send the token otherwise send it as {@code Bearer}
 * @param origin where the line stands
 */
record HostRule(
    ToolHost place, String provider, Optional<String> user, boolean isBearer, Origin origin) {

  /** Stands for the last part of {@code sub} in the token, where the token is a JWT. */
  static final String SUBJECT = "@sub";

  /**
   * File and line.
   *
   * @param source the file's path, or {@code CODER_HOSTS}
   * @param line the first is 1
   */
  record Origin(String source, int line) {
    @Override
    public String toString() {
      return source + ":" + line;
    }
  }

  /** Whether the rule holds for a host: the same host, and a path below the rule's. */
  boolean covers(ToolHost asked) {
    if (!asked.host().equals(place.host())) return false;
    String path = place.path();
    return path.isEmpty() || asked.path().equals(path) || asked.path().startsWith(path + "/");
  }

  /** Returns the line as a hosts file has it, without its comment. */
  String text() {
    return place.place()
        + " "
        + provider
        + user.map(name -> " user=" + name).orElse("")
        + (isBearer ? " header=Bearer" : "");
  }
}
