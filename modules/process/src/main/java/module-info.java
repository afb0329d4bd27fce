/**
 * Runs other programs: their output is bounded, they end by a deadline, and what they have started
 * ends with them.
 *
 * <p>Used by the command line and by the provider {@code command}. Begin with {@link
 * dev.sessiontoken.process.RunningProgram}.
 */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.process {
  requires static org.jspecify; // annotations only: not needed at run time
  requires transitive dev.sessiontoken.spi;

  exports dev.sessiontoken.process;
}
