package dev.sessiontoken.resident;

import dev.sessiontoken.cli.Program;
import dev.sessiontoken.cli.command.ExitCode;
import dev.sessiontoken.cli.command.Terminal;
import dev.sessiontoken.cli.process.NeedsOwnProcessException;
import dev.sessiontoken.cli.resident.Frame;
import dev.sessiontoken.cli.resident.ResidentStart;
import dev.sessiontoken.cli.resident.ServerProcess;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Runs commands for clients, a bounded number at once. What a command writes is kept until it has
 * ended, and thrown away if the client has to run the command by itself. Safe for any number of
 * threads.
 */
final class Calls implements AutoCloseable {
  /** Exit codes by which the deployment has accepted the session token. */
  private static final Set<Integer> ACCEPTED =
      Set.of(ExitCode.OK.number(), ExitCode.LOGIN_REQUIRED.number(), ExitCode.NOT_FOUND.number());

  /** Above this, an exit code tells of the process, and not of the deployment. */
  private static final int LAST_OF_DEPLOYMENT = ExitCode.BAD_ANSWER.number();

  /** A call over a kept connection that fails sooner than this is made anew by the client. */
  private static final Duration SOON = Duration.ofSeconds(1);

  /** Variable that has the program write when each phase ended: for a process of its own. */
  private static final String PHASES = "CODER_PHASES";

  private final Path image;
  private final Semaphore places;
  private final KeptClients clients = new KeptClients(System::nanoTime, InstantSource.system());
  private final KeptTokens tokens = new KeptTokens(InstantSource.system());
  private final Fingerprint fingerprint = Fingerprint.random();
  private final AtomicLong count = new AtomicLong();
  private final AtomicLong sentAway = new AtomicLong();

  Calls(Path image, Limits limits) {
    this.image = image;
    this.places = new Semaphore(limits.calls());
  }

  /**
   * Runs the command of a request. Blocks until it has ended, by its own time limit. An interrupt
   * of the thread ends the command.
   */
  Answer run(Request request) {
    if (!places.tryAcquire()) return cold();
    try {
      return attempt(request);
    } finally {
      places.release();
    }
  }

  private Answer attempt(Request request) {
    if (request.environment().containsKey(PHASES)) return cold();
    long start = System.nanoTime();
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var host = new SharedProcess(fingerprint, clients, tokens);
    int status = run(program(request, host, out, err), request);
    boolean isAccepted = ACCEPTED.contains(status) && !host.isRefused();
    boolean isAnswered = isAccepted || status == ExitCode.REFUSED.number();
    host.end(isAnswered, isAccepted);
    boolean isOfKept =
        (!isAnswered && host.isConnectionKept()) || (!isAccepted && host.isTokenKept());
    boolean isSoon = System.nanoTime() - start < SOON.toNanos();
    if (host.isRefused() || status > LAST_OF_DEPLOYMENT || (isOfKept && isSoon)) return cold();
    count.incrementAndGet();
    return new Answer.Ended(
        status, new Frame(Frame.OUT, out.toByteArray()), new Frame(Frame.ERR, err.toByteArray()));
  }

  private static int run(Program program, Request request) {
    try {
      return program.run(request.arguments().toArray(String[]::new));
    } catch (NeedsOwnProcessException e) {
      return ExitCode.BUG.number(); // the client runs the command by itself, see attempt
    }
  }

  private Program program(
      Request request, SharedProcess host, ByteArrayOutputStream out, ByteArrayOutputStream err) {
    var terminal =
        new Terminal(
            input(request, host),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            request::isErrTerminal,
            request::isOutTerminal);
    return new Program(
        Program.commands(new ResidentStart(new ServerProcess())),
        host,
        terminal,
        request.environment(),
        InstantSource.system(),
        Thread::sleep,
        image,
        Path.of(request.launcher()));
  }

  private static InputStream input(Request request, SharedProcess host) {
    return request.input().isPresent()
        ? new ByteArrayInputStream(request.input().get().bytes())
        : new UnsentInput(host);
  }

  private Answer cold() {
    sentAway.incrementAndGet();
    return new Answer.Cold();
  }

  /** Returns the folder of the image whose commands are run. */
  Path image() {
    return image;
  }

  /** Closes connections that have not been used for a while. */
  void tidy() {
    clients.tidy();
  }

  long count() {
    return count.get();
  }

  long sentAway() {
    return sentAway.get();
  }

  int connections() {
    return clients.count();
  }

  @Override
  public void close() {
    clients.close();
  }
}
