package dev.sessiontoken.cli.command;

/** Prints the program's version. */
public final class Version implements Command {

  /** Returns the version that the build writes into the module's descriptor. */
  public static String number() {
    var descriptor = Version.class.getModule().getDescriptor();
    return descriptor == null ? "unknown" : descriptor.rawVersion().orElse("unknown");
  }

  @Override
  public String words() {
    return "version";
  }

  @Override
  public String summary() {
    return "print the version";
  }

  @Override
  public String description() {
    return "Prints the version of this program.\n";
  }

  @Override
  public Outcome run(Invocation invocation) {
    return Outcome.ok("sessiontoken " + number() + "\n");
  }
}
