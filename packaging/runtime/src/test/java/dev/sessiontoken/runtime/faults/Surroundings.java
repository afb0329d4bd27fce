package dev.sessiontoken.runtime.faults;

import dev.sessiontoken.testkit.FakeCoder;
import dev.sessiontoken.testkit.raw.RawServer;
import java.io.IOException;
import java.util.List;

/** What rows run in: it knows what the names in braces stand for. */
interface Surroundings extends AutoCloseable {

  /** The text with the names replaced; {@code :port} after a name takes the port only. */
  String resolve(String text);

  /** Starts a row's own server. */
  RawServer start(Row.Server server, int variant) throws IOException;

  /** The deployment that most others lead to. */
  FakeCoder coder();

  /** How many requests with this agent token came to nginx. */
  long requests(String agentToken) throws IOException;

  /** What nobody may ever read on standard error. */
  List<String> secrets() throws IOException;

  @Override
  void close() throws IOException;
}
