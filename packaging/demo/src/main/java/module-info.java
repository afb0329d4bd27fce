/** Programs of the build that run the image against the fakes: the demo and the training run. */
@org.jspecify.annotations.NullMarked
module dev.sessiontoken.demo {
  requires static org.jspecify; // annotations only: not needed at run time
  requires dev.sessiontoken.client;
  requires dev.sessiontoken.testkit;
  requires jdk.management;
  requires org.eclipse.jetty.alpn.server;
  requires org.eclipse.jetty.http2.server;
  requires org.eclipse.jetty.proxy;
  requires org.eclipse.jetty.server;
}
