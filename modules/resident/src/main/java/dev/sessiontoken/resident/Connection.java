package dev.sessiontoken.resident;

import dev.sessiontoken.cli.resident.Frame;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client: reads its request, runs the command, sends the answer. Each of the three has a time
 * limit; a client that ends before its answer ends the command.
 */
final class Connection implements AutoCloseable {
  private final SocketChannel client;
  private final Service service;
  private final Calls calls;
  private final Limits limits;
  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final CountDownLatch ended = new CountDownLatch(1);

  /** What the threads of a connection tell the one that decides. */
  private sealed interface Event {}

  /** The request is there. */
  private record Read(Request request) implements Event {}

  /** The client has ended, or sent what is no request. */
  private record Gone() implements Event {}

  /** The command has ended. */
  private record Done(Answer answer) implements Event {}

  Connection(SocketChannel client, Service service, Calls calls, Limits limits) {
    this.client = client;
    this.service = service;
    this.calls = calls;
    this.limits = limits;
  }

  /** Serves the client and closes the connection. Blocks. */
  void serve() {
    try (client) {
      Thread.ofVirtual().name("request").start(this::read);
      if (next(limits.request()) instanceof Read read) answer(read.request());
    } catch (IOException | InterruptedException e) {
      return; // the client sees the end of the stream, and runs the command by itself
    } finally {
      ended.countDown();
    }
  }

  private @Nullable Event next(Duration limit) throws InterruptedException {
    return events.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Reads the request, and after it the end of the stream: a client sends nothing more. */
  private void read() {
    try {
      var in = new DataInputStream(Channels.newInputStream(client));
      events.add(new Read(Request.of(Frame.read(in, limits.requestBytes()))));
      in.read();
    } catch (IOException | RuntimeException e) {
      events.add(new Gone());
      return;
    }
    events.add(new Gone());
  }

  private void answer(Request request) throws IOException, InterruptedException {
    var out = Channels.newOutputStream(client);
    out.write(Frame.VERSION);
    if (!request.question().isEmpty()) {
      send(reply(request.question()), out);
      return;
    }
    beat(out);
    var answer = request.image().equals(service.image()) ? run(request, out) : new Answer.Cold();
    if (answer != null) send(answer, out);
  }

  private static void beat(OutputStream out) throws IOException {
    Frame.of(Frame.BEAT).write(out);
  }

  private Answer reply(String question) throws InterruptedException {
    if (question.equals("stop")) service.stop(this);
    return switch (question) {
      case "status" -> ended(service.status().json());
      case "stop" -> ended("");
      default -> new Answer.Cold();
    };
  }

  private static Answer ended(String out) {
    return new Answer.Ended(0, Frame.of(Frame.OUT, out), Frame.of(Frame.ERR));
  }

  /** Returns null if the client has ended meanwhile. */
  private @Nullable Answer run(Request request, OutputStream out)
      throws IOException, InterruptedException {
    var command =
        Thread.ofVirtual()
            .name("call")
            .start(() -> {
              Answer answer = new Answer.Cold();
              try {
                answer = calls.run(request);
              } finally {
                events.add(new Done(answer));
              }
            });
    try {
      while (true) {
        var event = next(limits.beat());
        if (event instanceof Done done) return done.answer();
        if (event instanceof Gone) return null;
        beat(out);
      }
    } finally {
      command.interrupt();
    }
  }

  /**
   * A client that is stopped takes no answer: the channel is closed under the thread that sends.
   */
  private void send(Answer answer, OutputStream out) throws IOException, InterruptedException {
    var sender =
        Thread.ofVirtual()
            .name("answer")
            .start(() -> {
              try {
                answer.write(out);
              } catch (IOException e) {
                events.add(new Gone());
              }
            });
    sender.join(limits.answer());
  }

  /** Waits until the client has been served. Blocks. */
  void await(Duration limit) throws InterruptedException {
    ended.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
