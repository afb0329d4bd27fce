package dev.sessiontoken.http;

import dev.sessiontoken.spi.Deadline;
import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A body that is read while it arrives. Asks for the next bytes only when the reader wants them, so
 * that a slow reader slows the server down instead of filling the memory.
 */
final class LineBody implements BodySubscriber<LineBody.Begun> {
  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final CompletableFuture<Begun> begun = new CompletableFuture<>();
  private volatile @Nullable Subscription subscription;
  private boolean isAwaited;

  /**
   * The body of an answer whose head is there.
   *
   * @param whole the body of a refusal; empty if the status is 200
   * @param rest what arrives later; nothing more for a refusal
   */
  record Begun(ByteBuffer whole, LineBody rest) {}

  /** What the reader gets next. */
  sealed interface Part {
    /** Some bytes of the body. */
    record Bytes(List<ByteBuffer> buffers) implements Part {}

    /** The end of the body: null for a regular end. */
    record End(@Nullable Throwable problem) implements Part {}
  }

  /**
   * Returns a handler that reads a body with status 200 while it arrives, and any other at once.
   *
   * @param maxBody bytes that are kept of the body of a refusal
   * @param answerBegun set when the head of the answer is there
   */
  static BodyHandler<Begun> handler(int maxBody, AtomicBoolean answerBegun) {
    return head -> {
      answerBegun.set(true);
      return head.statusCode() == 200
          ? new LineBody()
          : BodySubscribers.mapping(new BoundedBody(maxBody, false), LineBody::whole);
    };
  }

  private static Begun whole(byte[] body) {
    var rest = new LineBody();
    rest.onComplete();
    return new Begun(ByteBuffer.wrap(body), rest);
  }

  /** Returns a body, or an empty one instead of null. */
  static Begun orEmpty(@Nullable Begun body) {
    return body == null ? whole(new byte[0]) : body;
  }

  /**
   * Returns the next part; null if none came before the deadline. Blocks. For one thread.
   *
   * @throws InterruptedException if the calling thread was interrupted
   */
  @Nullable Part next(Deadline deadline) throws InterruptedException {
    var current = subscription;
    if (current != null && !isAwaited) current.request(1);
    isAwaited = true;
    var part = parts.poll(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    if (part != null) isAwaited = false;
    return part;
  }

  /** Breaks the transfer off. The reader gets what has arrived, and then an end. */
  void cancel() {
    var current = subscription;
    if (current != null) current.cancel();
    parts.add(new Part.End(new IOException("closed by the reader")));
  }

  @Override
  public CompletionStage<Begun> getBody() {
    return begun;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    begun.complete(new Begun(ByteBuffer.allocate(0), this));
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    parts.add(new Part.Bytes(buffers));
  }

  @Override
  public void onError(Throwable problem) {
    parts.add(new Part.End(problem));
  }

  @Override
  public void onComplete() {
    parts.add(new Part.End(null));
  }
}
