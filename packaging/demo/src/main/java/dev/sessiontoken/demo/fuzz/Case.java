package dev.sessiontoken.demo.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One run of the program.
 *
 * @param kind of what is mutated
 * @param arguments command line, without the program
 * @param environment variables by name, without the deployment's URL
 * @param input standard input; each char is one byte
 * @param answer what the deployment sends to each request; each char is one byte
 */
record Case(
    Kind kind,
    List<String> arguments,
    Map<String, String> environment,
    String input,
    String answer) {

  /** What is mutated. */
  enum Kind {
    HEAD,
    JSON,
    FRAMES,
    PROMPT,
    CREDENTIAL,
    ARGUMENTS,
    ENVIRONMENT
  }

  Case {
    arguments = List.copyOf(arguments);
    environment = new TreeMap<>(environment);
  }

  Case withArguments(List<String> others) {
    return new Case(kind, others, environment, input, answer);
  }

  Case withEnvironment(Map<String, String> other) {
    return new Case(kind, arguments, other, input, answer);
  }

  Case withInput(String other) {
    return new Case(kind, arguments, environment, other, answer);
  }

  Case withAnswer(String other) {
    return new Case(kind, arguments, environment, input, other);
  }

  /** Returns the case with one argument replaced. */
  Case withArgument(int index, String other) {
    var others = new ArrayList<>(arguments);
    others.set(index, other);
    return withArguments(others);
  }

  /** Returns the case without one variable. */
  Case withoutVariable(String name) {
    var others = new TreeMap<>(environment);
    others.remove(name);
    return withEnvironment(others);
  }

  boolean isVerbose() {
    return arguments.contains("-v") || arguments.contains("--verbose");
  }

  /** Shown in reports: one line a part. */
  @Override
  public String toString() {
    return "kind: %s%narguments: %s%nenvironment: %s%ninput: %s%nanswer: %s%n"
        .formatted(kind, arguments, environment, visible(input), visible(answer));
  }

  private static String visible(String text) {
    var shown = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r') shown.append("\\r");
      else if (c == '\n') shown.append("\\n");
      else if (c < ' ' || c > '~') shown.append("\\x%02x".formatted((int) c));
      else shown.append(c);
    }
    return shown.toString();
  }
}
