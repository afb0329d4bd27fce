package dev.sessiontoken.cli.resident;

import dev.sessiontoken.cli.args.Flag;
import dev.sessiontoken.cli.args.OutputFormat;
import dev.sessiontoken.cli.command.Command;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.command.Outcome;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import jakarta.json.JsonObject;
import jakarta.json.spi.JsonProvider;
import java.io.IOException;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** Shows the resident helper. */
public final class ResidentStatus implements Command {
  private static final String STEP = "ask the resident helper";
  private static final Duration LIMIT = Duration.ofSeconds(3);
  private static final int MAX_LINE = 1000;

  @Override
  public String words() {
    return "resident status";
  }

  @Override
  public String summary() {
    return "show the resident helper: process, age, calls, memory";
  }

  @Override
  public String description() {
    return """
    Prints process id, image, age, calls, connections and memory of the resident
    helper, a name and a value a line. Exit code 3 if none runs.
    """;
  }

  @Override
  public List<Flag> flags() {
    return List.of(OutputFormat.FLAG);
  }

  @Override
  public Outcome run(Invocation invocation) throws SessionTokenException, InterruptedException {
    var format = OutputFormat.of(invocation.arguments());
    var place = Place.of(invocation.image(), invocation.arguments().environment());
    try {
      var answer = Question.STATUS.ask(place, invocation.deadline().orIn(LIMIT));
      if (answer.isEmpty()) throw noneRuns();
      var status = parse(answer.get());
      return Outcome.ok(format == OutputFormat.JSON ? json(status) : text(status));
    } catch (IOException | TimeoutException e) {
      throw new Unreachable(STEP, "it does not answer", "end its process, or start it again", e);
    }
  }

  private static NotConfigured noneRuns() {
    return new NotConfigured(
        STEP, "none runs for this image", "\"coder resident start\" starts one", null);
  }

  private static JsonObject parse(String answer) throws IOException {
    try (var reader = JsonProvider.provider().createReader(new StringReader(answer))) {
      return reader.readObject();
    } catch (RuntimeException e) { // all that a parser of JSON throws
      throw new IOException(e);
    }
  }

  private static String json(JsonObject status) {
    return Printable.json(status.toString()) + "\n";
  }

  private static String text(JsonObject status) {
    var text = new StringBuilder();
    status.forEach((name, value) -> {
      String shown = value.toString().replace("\"", "");
      text.append(name).append("  ").append(Printable.of(shown, MAX_LINE)).append('\n');
    });
    return text.toString();
  }
}
