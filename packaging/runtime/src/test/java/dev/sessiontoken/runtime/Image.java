package dev.sessiontoken.runtime;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the built image as users do: in processes, with only the variables that the test sets. */
public final class Image {

  /** Exit status, standard output and standard error of a process that has ended. */
  public record Result(int status, String out, String err) {}

  /** A running process, with readers of its output. */
  public record Running(Process process, Future<byte[]> out, Future<byte[]> err) {

    public Result result() throws Exception {
      int status = process.waitFor();
      return new Result(
          status,
          new String(out.get(), StandardCharsets.UTF_8),
          new String(err.get(), StandardCharsets.UTF_8));
    }
  }

  private Image() {}

  public static Path folder() {
    return Path.of(System.getProperty("image"));
  }

  public static Path program() {
    return folder().resolve("bin/coder");
  }

  /** Runs the program and waits for it. */
  public static Result run(Map<String, String> environment, String... args) throws Exception {
    var command = new ArrayList<String>();
    command.add(program().toString());
    Collections.addAll(command, args);
    return run(command, environment);
  }

  /** Runs any command and waits for it. */
  public static Result run(List<String> command, Map<String, String> environment) throws Exception {
    return start(command, environment).result();
  }

  /** Starts any command, with nothing on standard input. */
  public static Running start(List<String> command, Map<String, String> environment)
      throws IOException {
    var builder = new ProcessBuilder(signalled(command)).redirectInput(new File("/dev/null"));
    builder.environment().clear();
    builder.environment().putAll(environment);
    var process = builder.start();
    ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();
    try {
      return new Running(
          process,
          readAll(readers, process.getInputStream()),
          readAll(readers, process.getErrorStream()));
    } finally {
      readers.shutdown();
    }
  }

  /** The command with SIGINT enabled, as in a terminal: processes of a background job ignore it. */
  public static List<String> signalled(List<String> command) {
    var whole = new ArrayList<>(List.of("/usr/bin/env", "--default-signal=INT,HUP,QUIT"));
    whole.addAll(command);
    return whole;
  }

  private static Future<byte[]> readAll(ExecutorService readers, InputStream stream) {
    return readers.submit(stream::readAllBytes);
  }

  /** The environment plus one variable. */
  public static Map<String, String> with(
      Map<String, String> environment, String name, String value) {
    var more = new HashMap<>(environment);
    more.put(name, value);
    return more;
  }

  /** The environment minus one variable. */
  public static Map<String, String> without(Map<String, String> environment, String name) {
    var fewer = new HashMap<>(environment);
    fewer.remove(name);
    return fewer;
  }
}
