package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.raw.RawServer;
import java.io.IOException;
import java.util.List;

/** Environment of rows: resolves the names in braces to addresses and files. */
interface Surroundings extends AutoCloseable {

  /** The text with the names replaced; {@code :port} after a name takes the port only. */
  String resolve(String text);

  /** Starts a row's own server. */
  RawServer start(Row.Server server, int variant) throws IOException;

  /** The deployment behind the other servers. */
  FakeCoder coder();

  /** How many requests with this agent token came to nginx. */
  long requests(String agentToken) throws IOException;

  /** Secrets that must never be on standard error. */
  List<String> secrets() throws IOException;

  @Override
  void close() throws IOException;
}
