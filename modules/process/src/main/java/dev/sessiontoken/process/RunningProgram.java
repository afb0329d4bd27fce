package dev.sessiontoken.process;

import dev.sessiontoken.spi.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * A program under way. {@link #close} ends it with all that it has started, so a program that
 * hangs, floods its output or leaves children behind costs no more than the deadline.
 *
 * <p>For the thread that has started it. Its streams are read by threads of their own, as a read of
 * a pipe cannot be interrupted; these threads end with the program.
 */
public final class RunningProgram implements AutoCloseable {
  /** Time for the pipes of a program that has ended: another one may hold them open. */
  private static final Duration STRAGGLING = Duration.ofMillis(200);

  /** How long a line of standard error waits for the end of the program. */
  private static final Duration HELD = Duration.ofSeconds(1);

  /** Inherited by all that the program starts: see {@link Stragglers}. */
  private static final String MARK = "CODER_STARTED_AS";

  private static final Deadline NEVER = Deadline.in(ChronoUnit.FOREVER.getDuration());
  private static final int CHUNK = 8 * 1024;

  private final Process process;
  private final String mark;
  private final List<Thread> readers = new ArrayList<>();

  /** Findings of the readers and of the JDK, each run on the thread that waits. */
  private final LinkedBlockingQueue<Runnable> findings = new LinkedBlockingQueue<>();

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final List<String> held = new ArrayList<>();
  private Deadline release = NEVER;
  private Deadline giveUp = NEVER;
  private int openPipes;
  private boolean isTooLong;

  private RunningProgram(Process process, String mark) {
    this.process = process;
    this.mark = mark;
  }

  /**
   * How a program ended.
   *
   * @param status its exit status; 128 and the signal's number if a signal ended it
   * @param output its standard output, read as UTF-8: cut where it was too long
   * @param isTooLong whether it printed more than was read; the program was ended then
   * @param lines of its standard error that were not passed on while it ran
   */
  public record Finished(int status, String output, boolean isTooLong, List<String> lines) {

    /** Leaves output and lines out, which may hold a secret. */
    @Override
    public String toString() {
      return "Finished[status=" + status + ", isTooLong=" + isTooLong + "]";
    }
  }

  /**
   * Starts a program.
   *
   * @param builder its environment gets one more variable, by which its children are known
   * @throws IOException if it cannot be started
   */
  public static RunningProgram start(ProcessBuilder builder) throws IOException {
    String mark =
        ProcessHandle.current().pid()
            + "-"
            + Thread.currentThread().threadId()
            + "-"
            + System.nanoTime();
    builder.environment().put(MARK, mark);
    return new RunningProgram(builder.start(), MARK + "=" + mark);
  }

  /** Returns the process, such as to signal it. */
  public Process process() {
    return process;
  }

  /**
   * Waits for the end of the program and reads its standard output. Its standard error is left to
   * the caller. Blocks until the deadline at most. To be called once.
   *
   * <p>Does not wait for programs in the background that hold the output open: what was printed
   * until 200 ms after the program's end counts.
   *
   * @param maxBytes how much of its standard output is read
   * @throws TimeoutException if it has not ended by the deadline
   * @throws InterruptedException if the calling thread was interrupted
   */
  public Finished await(Deadline deadline, int maxBytes)
      throws TimeoutException, InterruptedException {
    return await(deadline, maxBytes, false, line -> {});
  }

  /**
   * Waits as {@link #await(Deadline, int)} does, and reads standard error, too.
   *
   * @param lines called on the calling thread with lines of standard error that are a second old,
   *     as {@link StderrLines} gives them; those of the last second are in the result, so that the
   *     caller can hide in them what the program has printed
   */
  public Finished await(Deadline deadline, int maxBytes, Consumer<String> lines)
      throws TimeoutException, InterruptedException {
    return await(deadline, maxBytes, true, lines);
  }

  @SuppressWarnings("FutureReturnValueIgnored") // the finding tells of the exit
  private void noticeExit(Deadline deadline) {
    process.onExit().thenRun(() -> findings.add(() -> giveUp = deadline.orIn(STRAGGLING)));
  }

  private Finished await(
      Deadline deadline, int maxBytes, boolean readsErrors, Consumer<String> lines)
      throws TimeoutException, InterruptedException {
    read("output", () -> readOutput(process.getInputStream(), maxBytes));
    if (readsErrors) read("errors", () -> StderrLines.read(process.getErrorStream(), this::found));
    noticeExit(deadline);
    while (!isFinished()) {
      var next = findings.poll(nanosUntilNext(deadline), TimeUnit.NANOSECONDS);
      if (next != null) next.run();
      else if (giveUp.isOver()) break;
      else {
        release(lines);
        if (deadline.isOver()) throw new TimeoutException();
      }
    }
    if (isTooLong) endTree();
    if (!process.waitFor(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS))
      throw new TimeoutException();
    String text = output.toString(StandardCharsets.UTF_8);
    return new Finished(process.exitValue(), text, isTooLong, List.copyOf(held));
  }

  private boolean isFinished() {
    return isTooLong || (giveUp != NEVER && openPipes == 0);
  }

  private long nanosUntilNext(Deadline deadline) {
    long first = Math.min(release.remaining().toNanos(), giveUp.remaining().toNanos());
    return Math.min(first, deadline.remaining().toNanos());
  }

  private void release(Consumer<String> lines) {
    held.forEach(lines);
    held.clear();
    release = NEVER;
  }

  /** Called by the reader of standard error. */
  private void found(String line) {
    findings.add(() -> {
      held.add(line);
      if (release == NEVER) release = Deadline.in(HELD);
    });
  }

  private void read(String what, Runnable work) {
    openPipes++;
    var thread =
        new Thread(
            () -> {
              work.run();
              findings.add(() -> openPipes--);
            },
            "sessiontoken-" + what + " of a program");
    thread.setDaemon(true);
    thread.start();
    readers.add(thread);
  }

  private void readOutput(InputStream stream, int maxBytes) {
    int room = maxBytes;
    var buffer = new byte[CHUNK];
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        byte[] chunk = Arrays.copyOf(buffer, Math.min(n, room));
        room -= chunk.length;
        boolean isMore = n > chunk.length;
        findings.add(() -> {
          output.writeBytes(chunk);
          isTooLong |= isMore;
        });
        if (isMore) return;
      }
    } catch (IOException e) {
      return; // the program has ended
    }
  }

  /** The children are listed first: they cannot be found once their parent is gone. */
  private void endTree() {
    if (!process.isAlive()) return;
    var started = process.descendants().toList();
    process.destroyForcibly(); // before its children, whose end a shell would report
    started.forEach(ProcessHandle::destroyForcibly);
  }

  /**
   * Ends the program and all that it has started, by SIGKILL; children in the background that have
   * closed its standard output and error stay. Blocks for less than a second. Does nothing if all
   * of them have ended.
   */
  @Override
  public void close() {
    endTree();
    try {
      for (var reader : readers) {
        if (!reader.join(STRAGGLING)) Stragglers.end(mark);
      }
    } catch (InterruptedException e) {
      Stragglers.end(mark);
      Thread.currentThread().interrupt();
    }
  }
}
