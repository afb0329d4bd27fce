/**
 * The command line program {@code coder}.
 *
 * <p>Packaged by {@code packaging/runtime}; nothing requires it. Begin with the map of {@link
 * dev.sessiontoken.cli}.
 */
@SuppressWarnings("requires-automatic") // args4j gains its descriptor in packaging/args4j
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.cli {
  requires static org.jspecify; // annotations only: not needed at run time
  requires args4j;
  requires dev.sessiontoken.client;
  requires dev.sessiontoken.discovery;
  requires dev.sessiontoken.gjson;
  requires dev.sessiontoken.process;
  requires dev.sessiontoken.spi;

  provides java.net.spi.InetAddressResolverProvider with
      dev.sessiontoken.cli.ReachableAddressResolver;
}
