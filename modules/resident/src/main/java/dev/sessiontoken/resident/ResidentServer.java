package dev.sessiontoken.resident;

import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.cli.resident.Place;
import dev.sessiontoken.cli.resident.ResidentStart;
import dev.sessiontoken.cli.resident.ServerProcess;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs this process as the resident helper. */
final class ResidentServer implements ResidentStart.Server {
  private static final String STEP = "start the resident helper";

  private final Path image;
  private final long pid;
  private final AtomicReference<@Nullable Service> running = new AtomicReference<>();

  ResidentServer(Path image, long pid) {
    this.image = image;
    this.pid = pid;
  }

  @Override
  public Outcome start(Place place, Duration idle, Invocation invocation)
      throws NotConfigured, Unreachable, InterruptedException {
    return new ServerProcess().start(place, idle, invocation); // --foreground=false
  }

  @Override
  public Outcome serve(Place place, Duration idle, Invocation invocation)
      throws NotConfigured, Unreachable, InterruptedException {
    var calls = new Calls(image, Limits.USUAL);
    var limits = Limits.USUAL.withIdle(idle);
    try (var service = Service.open(place, pid, calls, limits, System::nanoTime)) {
      running.set(service);
      invocation.tell(ServerProcess.READY + place.socket());
      service.serve();
      return Outcome.ok("");
    } catch (IOException e) {
      throw new Unreachable(STEP, String.valueOf(e.getMessage()), "is the folder writable?", e);
    } finally {
      calls.close();
    }
  }

  /** Removes the socket: for the end of the process by a signal. Does not block. */
  void end() {
    var service = running.get();
    if (service != null) service.removeSocket();
  }
}
