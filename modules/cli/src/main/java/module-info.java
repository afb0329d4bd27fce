/**
 * The command line program {@code coder}.
 *
 * <p>Packaged by {@code packaging/runtime}; required by {@code dev.sessiontoken.resident} alone,
 * which runs the same commands. Begin with the map of {@link dev.sessiontoken.cli}.
 */
@SuppressWarnings({
  "requires-automatic", // args4j gains its descriptor in packaging/args4j
  "module" // dev.sessiontoken.resident is compiled after this module
})
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.cli {
  requires static org.jspecify; // annotations only: not needed at run time
  requires args4j;
  requires transitive dev.sessiontoken.client;
  requires dev.sessiontoken.discovery;
  requires dev.sessiontoken.gjson;
  requires dev.sessiontoken.process;
  requires dev.sessiontoken.spi;

  uses dev.sessiontoken.cli.resident.ResidentProcess;

  exports dev.sessiontoken.cli to
      dev.sessiontoken.resident;
  exports dev.sessiontoken.cli.command to
      dev.sessiontoken.resident;
  exports dev.sessiontoken.cli.process to
      dev.sessiontoken.resident;
  exports dev.sessiontoken.cli.resident to
      dev.sessiontoken.resident;

  provides java.net.spi.InetAddressResolverProvider with
      dev.sessiontoken.cli.ReachableAddressResolver;
}
