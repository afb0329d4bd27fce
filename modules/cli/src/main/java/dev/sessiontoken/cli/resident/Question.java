package dev.sessiontoken.cli.resident;

import dev.sessiontoken.spi.Deadline;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the resident helper for its state, or to end. */
enum Question {
  STATUS("status"),
  STOP("stop");

  private static final int MAX_BYTES = 64 << 10;

  private final String word;

  Question(String word) {
    this.word = word;
  }

  /**
   * Returns the answer. Blocks until the deadline at most.
   *
   * @return empty if no helper listens there
   * @throws TimeoutException if a helper is there and does not answer
   * @throws IOException if it breaks the connection off
   * @throws InterruptedException if the calling thread was interrupted
   */
  Optional<String> ask(Place place, Deadline deadline)
      throws IOException, TimeoutException, InterruptedException {
    try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
      try {
        channel.connect(UnixDomainSocketAddress.of(place.socket()));
      } catch (IOException _) {
        return Optional.empty();
      }
      var answer = new FutureTask<>(() -> answer(channel));
      Thread.ofVirtual().name("question").start(answer);
      return Optional.of(answer.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS));
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    }
  }

  private String answer(SocketChannel channel) throws IOException {
    var out = Channels.newOutputStream(channel);
    out.write(Frame.request(List.of(Frame.of(Frame.QUESTION, word))));
    var in = new DataInputStream(Channels.newInputStream(channel));
    if (in.readUnsignedByte() != Frame.VERSION) throw new IOException("another version");
    String text = "";
    while (true) {
      var frame = Frame.read(in, MAX_BYTES);
      if (frame.kind() == Frame.OUT) text = frame.text();
      if (frame.kind() == Frame.EXIT) return text;
      if (frame.kind() == Frame.COLD) throw new IOException("it does not answer");
    }
  }
}
