package dev.sessiontoken.http;

import dev.sessiontoken.spi.Deadline;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * An answer without a planned end, such as server-sent events: its lines are read while they
 * arrive.
 *
 * <p>Holds a connection until {@link #close}. {@link #next} is for one thread at a time; {@link
 * #close} may be called by any thread.
 */
public final class LineStream implements AutoCloseable {
  /** Bytes of the longest line that is accepted. */
  static final int MAX_LINE = 1 << 16;

  private final Answer answer;
  private final LineBody body;
  private final OpenCalls calls;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Deque<String> lines = new ArrayDeque<>();

  /**
   * Creates the stream of a body of which nothing has been read.
   *
   * @param calls those of the client, whose end breaks the transfer off
   */
  LineStream(Answer answer, LineBody body, OpenCalls calls) {
    this.answer = answer;
    this.body = body;
    this.calls = calls;
  }

  /**
   * Returns status and headers, and, with a status other than 200, the whole body. With status 200
   * the body of this answer is empty: {@link #next} returns the lines.
   */
  public Answer answer() {
    return answer;
  }

  /**
   * Returns the next line without its end, {@code LF} or {@code CRLF}; empty after the last one.
   * Blocks until the deadline at most. Bytes that are not UTF-8 become replacement characters. A
   * last line without an end is left out.
   *
   * @throws SessionTokenException {@code Unreachable} if no line ended before the deadline, if the
   *     connection broke or this stream was closed; {@code BadAnswer} if a line has over 64 KiB
   * @throws dev.sessiontoken.spi.ClientClosedException if the client was closed
   * @throws InterruptedException if the calling thread was interrupted
   */
  public Optional<String> next(Deadline deadline)
      throws SessionTokenException, InterruptedException {
    while (lines.isEmpty()) {
      switch (body.next(deadline)) {
        case null -> throw silent();
        case LineBody.Part.Bytes part -> {
          for (var buffer : part.buffers()) split(buffer);
        }
        case LineBody.Part.End end -> {
          body.onComplete(); // for the next call
          if (end.problem() != null) throw broken(end.problem());
          return Optional.empty();
        }
      }
    }
    return Optional.of(lines.removeFirst());
  }

  private void split(ByteBuffer bytes) throws BadAnswer {
    while (bytes.hasRemaining()) {
      byte each = bytes.get();
      if (each == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        lines.add(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
        line.reset();
      } else if (line.size() < MAX_LINE) {
        line.write(each);
      } else {
        throw new BadAnswer(
            answer.step(),
            "a line of the answer is longer than " + MAX_LINE + " bytes",
            "does the URL lead to the deployment itself, past any login page or proxy?",
            null);
      }
    }
  }

  private Unreachable silent() {
    return TransportFailure.timeLimit(
        answer.step(), "waiting for more of the answer", new TimeoutException());
  }

  private Unreachable broken(@Nullable Throwable problem) {
    if (calls.isBrokenOff()) throw calls.brokenOff(answer.step(), problem);
    return new Unreachable(
        answer.step(), "the connection broke", "is a proxy in between?", problem);
  }

  /** Breaks the transfer off; a thread in {@link #next} gets {@code Unreachable}. */
  @Override
  public void close() {
    body.cancel();
  }
}
