package dev.sessiontoken.testkit;

import dev.sessiontoken.testkit.FakeServer.Reply;
import jakarta.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The part of a deployment that tells an agent when its prebuilt workspace is claimed, as
 * server-sent events. Nothing of an answer is sent before its first event.
 */
final class ClaimEvents {
  private static final int PING_SECONDS = 15;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String PING = "event: ping\n\n";

  /** What each open stream sends next; empty for its end. */
  private final List<BlockingQueue<Optional<String>>> streams = new CopyOnWriteArrayList<>();

  private volatile boolean isPrebuilt;
  private int opened;

  void prebuild() {
    isPrebuilt = true;
  }

  void claim(UUID workspace, UUID owner) {
    isPrebuilt = false;
    var data =
        Json.createObjectBuilder()
            .add("workspace_id", workspace.toString())
            .add("reason", "prebuild_claimed")
            .add("owner_id", owner.toString())
            .build();
    send(Optional.of("event: data\ndata: " + data + "\n\n"));
  }

  void ping() {
    send(Optional.of(PING));
  }

  void end() {
    send(Optional.empty());
  }

  private void send(Optional<String> piece) {
    streams.forEach(stream -> stream.add(piece));
  }

  synchronized void awaitStreams(int count) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (opened < count) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) throw new AssertionError(opened + " agents wait, not " + count);
      wait(left);
    }
  }

  private synchronized void open(BlockingQueue<Optional<String>> pieces) {
    streams.add(pieces);
    opened++;
    notifyAll();
  }

  Reply reply(SeenRequest request) {
    boolean waits = request.query().getOrDefault("wait", "false").equals("true");
    if (waits && !isPrebuilt) {
      return Replies.error(
          409,
          "Workspace is not a prebuilt workspace waiting to be claimed.",
          "This endpoint is only for agents running in prebuilt workspaces.");
    }
    var pieces = new LinkedBlockingQueue<Optional<String>>();
    open(pieces);
    var headers = Replies.headers();
    headers.put("Content-Type", "text/event-stream");
    headers.put("Cache-Control", "no-cache");
    headers.put("X-Accel-Buffering", "no");
    return new Reply(200, headers, "", Optional.of(() -> next(pieces)));
  }

  private static Optional<String> next(BlockingQueue<Optional<String>> pieces)
      throws InterruptedException {
    var piece = pieces.poll(PING_SECONDS, TimeUnit.SECONDS);
    return piece == null ? Optional.of(PING) : piece;
  }
}
