package dev.sessiontoken.cli.git;

import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.cli.process.ChildProcesses;
import dev.sessiontoken.cli.process.StderrTee;
import dev.sessiontoken.http.Remedy;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenException.Unreachable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One of git's configuration files, read and written by {@code git config}: git replaces the file
 * as a whole and keeps comments, order and other lines.
 *
 * @param file git's flag for the file: {@code --global} or {@code --local}
 * @param invocation call of the command that changes the file
 */
record GitConfig(String file, Invocation invocation) {
  private static final String STEP = "change git's configuration";
  private static final String HINT = "is git there, and the file yours to write?";
  private static final int MAX_BYTES = 16 << 20;

  /** From git's message where another process changes the file at the same time. */
  private static final String IS_LOCKED = "could not lock config file";

  private static final Duration LOCK_PAUSE = Duration.ofMillis(50);
  private static final String FORGETS = "(empty: git forgets the helpers before it)";
  private static final int NO_SUCH_KEY = 1;
  private static final int NO_SUCH_LINE = 5;

  /** A key and a value; the section of a key is in lower case, as git lists it. */
  record Line(String key, String value) {

    /** The key without its last part. */
    String section() {
      return key.substring(0, key.lastIndexOf('.'));
    }

    /** How git writes the line that its section begins with. */
    String head() {
      var parts = section().split("\\.", 2);
      return "[" + parts[0] + (parts.length == 1 ? "" : " \"" + parts[1] + "\"") + "]";
    }

    @Override
    public String toString() {
      String shown = value.isEmpty() ? FORGETS : Printable.of(value, 300);
      return Printable.of(key, 300) + " = " + shown;
    }
  }

  /**
   * Checks that git may replace the file: git would put a new file in place of a device or a pipe.
   *
   * @throws NotConfigured if the file exists and is no regular file
   */
  void requireRegularFile() throws NotConfigured, Unreachable, InterruptedException {
    var path = path();
    if (!Files.exists(path) || Files.isRegularFile(path)) return;
    throw failed(
        Printable.of(path.toString(), 300) + " is no regular file",
        "GIT_CONFIG_GLOBAL names the file of --global; unset it, or name a file",
        null);
  }

  /** By the rules of git-config(1): git names its file for none but the files that exist. */
  private Path path() throws NotConfigured, Unreachable, InterruptedException {
    if (file.equals("--local")) {
      return Path.of(git(List.of("git", "rev-parse", "--git-path", "config")).strip());
    }
    var arguments = invocation.arguments();
    var named = arguments.variable("GIT_CONFIG_GLOBAL");
    if (named.isPresent()) return Path.of(named.get());
    String home = arguments.variable("HOME").orElse("");
    var own = Path.of(home, ".gitconfig");
    var folder = arguments.variable("XDG_CONFIG_HOME").orElse(home + "/.config");
    return Files.exists(own) ? own : Path.of(folder, "git", "config");
  }

  /** Returns the lines of all of git's files, in the order in which git reads them. */
  List<Line> all() throws NotConfigured, Unreachable, InterruptedException {
    var lines = new ArrayList<Line>();
    for (String entry : git(List.of("git", "config", "--null", "--list")).split("\0", -1)) {
      int end = entry.indexOf('\n');
      if (end > 0) lines.add(new Line(entry.substring(0, end), entry.substring(end + 1)));
    }
    return lines;
  }

  /** Whether the line is there. */
  boolean has(Line line) throws NotConfigured, Unreachable, InterruptedException {
    return values(line.key()).contains(line.value());
  }

  /** Whether both lines are there, in this order. */
  boolean hasAfter(Line first, Line second)
      throws NotConfigured, Unreachable, InterruptedException {
    var all = config("--null", "--list");
    int place = all.lastIndexOf(entry(first));
    return place >= 0 && all.indexOf(entry(second), place) > place;
  }

  /**
   * Adds the line, or replaces all lines like it by one: so that two calls at once add one line.
   */
  void add(Line line) throws NotConfigured, Unreachable, InterruptedException {
    String value = line.value();
    config("--fixed-value", "--replace-all", line.key(), value, value);
    if (!has(line)) throw failed("the line is not there after it was written", HINT, null);
  }

  /** Adds the line behind all others of its key. */
  void append(Line line) throws NotConfigured, Unreachable, InterruptedException {
    config("--add", line.key(), line.value());
  }

  /** Removes the line wherever it stands. */
  void unset(Line line) throws NotConfigured, Unreachable, InterruptedException {
    config("--fixed-value", "--unset-all", line.key(), line.value());
  }

  /** Removes the head of the line's section if nothing else is in it. */
  void removeBareHead(Line line) throws NotConfigured, Unreachable, InterruptedException {
    if (hasBareHead(line)) config("--remove-section", line.section());
  }

  /** git leaves the head where a comment stands before it. No section of the name may hold more. */
  private boolean hasBareHead(Line line) throws NotConfigured, Unreachable, InterruptedException {
    var text = config("--edit").lines().toList(); // the editor is cat, see below
    boolean found = false;
    for (int i = 0; i < text.size(); i++) {
      if (!text.get(i).equals(line.head())) continue;
      found = true;
      if (i + 1 < text.size() && !text.get(i + 1).startsWith("[")) return false;
    }
    return found;
  }

  /** Returns the values of a key in the file, in order. */
  List<String> values(String key) throws NotConfigured, Unreachable, InterruptedException {
    String values = config("--null", "--get-all", key);
    return values.isEmpty()
        ? List.of()
        : List.of(values.substring(0, values.length() - 1).split("\0", -1));
  }

  /** As git lists it: section and name in lower case, between them as it is. */
  private static String entry(Line line) {
    int dot = line.key().lastIndexOf('.') + 1;
    String name = line.key().substring(dot).toLowerCase(Locale.ROOT);
    return line.key().substring(0, dot) + name + "\n" + line.value() + "\0";
  }

  private String config(String... arguments)
      throws NotConfigured, Unreachable, InterruptedException {
    var command = new ArrayList<>(List.of("git", "config", file));
    command.addAll(List.of(arguments));
    return git(command);
  }

  private String git(List<String> command) throws NotConfigured, Unreachable, InterruptedException {
    invocation.trace().tell(STEP + ": " + String.join(" ", command));
    var builder = invocation.children().builder(command);
    builder.environment().put("GIT_EDITOR", "cat");
    while (true) {
      var stderr = new StderrTee(nowhere());
      var finished = run(builder, stderr);
      int status = finished.status();
      if (status == 0) return finished.output();
      if (status == NO_SUCH_KEY || status == NO_SUCH_LINE) return "";
      String reason = stderr.text();
      if (!reason.contains(IS_LOCKED)) {
        throw failed("git says: " + Printable.of(reason, 300), HINT, null);
      }
      if (invocation.deadline().isOver()) throw timeLimit(null);
      invocation.pause().sleep(LOCK_PAUSE);
    }
  }

  private ChildProcesses.Finished run(ProcessBuilder builder, StderrTee stderr)
      throws NotConfigured, Unreachable, InterruptedException {
    try {
      return invocation.children().run(builder, invocation.deadline(), MAX_BYTES, stderr);
    } catch (TimeoutException e) {
      throw timeLimit(e);
    } catch (IOException e) {
      throw failed("git cannot be started", HINT, e);
    }
  }

  private static PrintStream nowhere() {
    return new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
  }

  private static Unreachable timeLimit(@Nullable Throwable cause) {
    return new Unreachable(STEP, "time limit reached", Remedy.MORE_TIME, cause);
  }

  private static NotConfigured failed(String problem, String hint, @Nullable Throwable cause) {
    return new NotConfigured(STEP, problem, hint, cause);
  }
}
