package dev.sessiontoken.cli.resident;

/** The process of the resident helper, which {@code dev.sessiontoken.resident} provides. */
public interface ResidentProcess {

  /**
   * Runs {@code resident start --foreground} in this process, and ends the process with the exit
   * code of that. Blocks.
   *
   * @param args the command line
   */
  void run(String... args);
}
