package dev.sessiontoken.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** Collects a body up to a limit, and cancels the transfer of what is beyond. */
final class BoundedBody implements BodySubscriber<byte[]> {
  private final int limit;
  private final boolean mustBeWhole;
  private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private @Nullable Subscription subscription;

  /** The body was larger than the limit. */
  static final class TooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLargeException(int limit) {
      super("larger than " + limit + " bytes");
    }
  }

  /**
   * A body that has not begun.
   *
   * @param limit bytes that are kept
   * @param mustBeWhole whether a body that is larger or breaks off is a failure; if not, the bytes
   *     received so far are the body: with an error status, the status matters more than the body
   */
  BoundedBody(int limit, boolean mustBeWhole) {
    this.limit = limit;
    this.mustBeWhole = mustBeWhole;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return whole;
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    this.subscription = subscription;
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> buffers) {
    for (var buffer : buffers) {
      if (received.size() + buffer.remaining() > limit) {
        end(new TooLargeException(limit));
        if (subscription != null) subscription.cancel();
        return;
      }
      var bytes = new byte[buffer.remaining()];
      buffer.get(bytes);
      received.writeBytes(bytes);
    }
  }

  @Override
  public void onError(Throwable problem) {
    end(problem);
  }

  private void end(Throwable problem) {
    if (mustBeWhole) whole.completeExceptionally(problem);
    else whole.complete(received.toByteArray());
  }

  @Override
  public void onComplete() {
    whole.complete(received.toByteArray());
  }
}
