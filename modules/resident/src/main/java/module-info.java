/**
 * The resident helper: a process that stays and runs the commands of the command line for further
 * calls, in code that is warm and over connections that are open.
 *
 * <p>Started by {@code coder resident start}; nothing requires it. Begin with the map of {@link
 * dev.sessiontoken.resident}.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.resident {
  requires static org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.cli;
  requires dev.sessiontoken.client;
  requires jakarta.json;
  requires jdk.net;

  provides dev.sessiontoken.cli.resident.ResidentProcess with
      dev.sessiontoken.resident.Main;
}
