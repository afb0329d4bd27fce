package dev.sessiontoken.http;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one {@code HttpClient}: daemons, which end with {@link #close}, or those of an
 * executor that the program has brought, which go on.
 *
 * <p>The client begins a request on the thread that sends it, within {@link HostAddresses#use}.
 * Work that it hands over there never blocks, and runs at once: to wake another thread would cost
 * as much as the rest of the call. Any other work begins after the peer has reacted: that is how
 * {@link ConnectStage} learns of a connection.
 */
final class ClientExecutor implements Executor, AutoCloseable {
  private final Executor threads;
  private final @Nullable ExecutorService own;
  private final ConnectStage stage;

  /**
   * Creates an executor that has no threads yet.
   *
   * @param stage learns when the peer has reacted
   * @param brought the program's executor; null for threads of this object's own
   */
  ClientExecutor(ConnectStage stage, @Nullable Executor brought) {
    this.stage = stage;
    if (brought == null) {
      this.own = Executors.newCachedThreadPool(new Daemons());
      this.threads = own;
    } else {
      this.own = null;
      this.threads = brought;
    }
  }

  private static final class Daemons implements ThreadFactory {
    @Override
    public Thread newThread(Runnable work) {
      var thread = new Thread(work, "sessiontoken-http");
      thread.setDaemon(true);
      return thread;
    }
  }

  @Override
  public void execute(Runnable work) {
    if (HostAddresses.isBound()) {
      work.run();
      return;
    }
    stage.connected();
    threads.execute(work);
  }

  /** Interrupts this object's own threads. Does not wait for them. */
  @Override
  public void close() {
    if (own != null) own.shutdownNow();
  }
}
