package dev.sessiontoken.http;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/**
 * How far a client has come with its latest connection, for the message should time run out. It is
 * the client's executor: {@code HttpClient} hands it the beginning of each request on the thread
 * that sends it, and nothing else before the peer has reacted.
 */
final class Progress implements Executor, AutoCloseable {
  private final ExecutorService threads = Executors.newCachedThreadPool(new Daemons());
  private final Trace trace;
  private final AtomicBoolean ready = new AtomicBoolean();
  private volatile boolean connected;
  private volatile @Nullable SSLEngine engine;

  /**
   * Of a client that has not connected yet.
   *
   * @param trace told when it has
   */
  Progress(Trace trace) {
    this.trace = trace;
  }

  private static final class Daemons implements ThreadFactory {
    @Override
    public Thread newThread(Runnable work) {
      var thread = new Thread(work, "HTTP");
      thread.setDaemon(true);
      return thread;
    }
  }

  @Override
  public void execute(Runnable work) {
    var addresses = HostAddresses.bound();
    if (addresses == null) connected();
    threads.execute(addresses == null ? work : () -> addresses.run(work));
  }

  private void connected() {
    if (engine == null) isReady();
    connected = true;
  }

  /** The latest connection can carry a request, TLS included. May be said more than once. */
  void isReady() {
    if (!ready.getAndSet(true)) trace.ended("connection");
  }

  Trace trace() {
    return trace;
  }

  /** TLS begins on a new connection. */
  void watch(SSLEngine engine) {
    this.engine = engine;
  }

  /** What is being waited for, in the words of a message. */
  String stage(Arrival arrival) {
    if (arrival.hasBegun()) return "waiting for the rest of the answer";
    if (!connected) return "connecting";
    return isHandshaking() ? "agreeing on TLS" : "waiting for an answer";
  }

  private boolean isHandshaking() {
    var latest = engine;
    if (latest == null) return false;
    var status = latest.getHandshakeStatus();
    return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
