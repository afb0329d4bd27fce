package dev.sessiontoken.gjson;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Evaluates a path on a document of 2 KiB, with and without parsing the path first. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class GjsonBenchmark {
  @Param({"teams.19.login", "teams.#(id==19).login", "teams.#.{id,login}|@reverse"})
  public String text = "";

  private final JsonObject document = document();
  private GjsonPath path = GjsonPath.parse("");

  /** Parses the path once, for the benchmark that measures the evaluation alone. */
  @Setup
  public void parse() {
    path = GjsonPath.parse(text);
  }

  @Benchmark
  public Optional<GjsonResult> withoutTheParse() {
    return path.get(document);
  }

  @Benchmark
  public Optional<GjsonResult> withTheParse() {
    return GjsonPath.parse(text).get(document);
  }

  private static JsonObject document() {
    var teams = Json.createArrayBuilder();
    for (int i = 0; i < 20; i++) {
      teams.add(
          Json.createObjectBuilder()
              .add("id", i)
              .add("login", "team-" + i)
              .add("url", "https://deployment.example/api/v2/teams/" + i + "?a=1&b=2"));
    }
    return Json.createObjectBuilder().add("scope", "repo,gist").add("teams", teams).build();
  }
}
