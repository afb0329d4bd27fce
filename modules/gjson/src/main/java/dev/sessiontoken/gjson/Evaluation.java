package dev.sessiontoken.gjson;

/** Applies paths to texts, within one allowance. */
record Evaluation(Allowance allowance) {

  /** What the path finds in the text; each turn of the loop is one side of a pipe. */
  Value get(String json, String path) {
    allowance.enter();
    var step = new Step(json, path);
    while (!step.done) {
      allowance.spend(json.length() + path.length() + 1);
      take(step);
      json = step.json;
      path = step.path;
    }
    allowance.leave();
    return step.found;
  }

  /** What is still to be done: a path on a text, or nothing as the value is found. */
  private static final class Step {
    private String json;
    private String path;
    private boolean done;
    private Value found = Value.MISSING;

    Step(String json, String path) {
      this.json = json;
      this.path = path;
    }

    /** Goes on with what follows a dot or pipe, else ends with the text as a value. */
    void follow(String made, String rest) {
      if (isSeparated(rest)) {
        pipe(made, rest.substring(1));
      } else {
        end(Value.parse(made));
      }
    }

    void pipe(String made, String rest) {
      json = made;
      path = rest;
    }

    void end(Value value) {
      found = value;
      done = true;
    }
  }

  private static boolean isSeparated(String rest) {
    return rest.startsWith("|") || rest.startsWith(".");
  }

  private void take(Step step) {
    var path = step.path;
    boolean taken =
        path.length() > 1
            && switch (path.charAt(0)) {
              case '@' -> modifier(step);
              case '!' -> literal(step);
              case '[', '{' -> multipath(step);
              default -> false;
            };
    if (!taken) {
      search(step);
    }
  }

  private boolean modifier(Step step) {
    var call = ModifierCall.parse(step.path);
    if (call == null) {
      return false;
    }
    step.follow(new Modifiers(this).apply(call, step.json), call.rest());
    return true;
  }

  private static boolean literal(Step step) {
    var path = step.path;
    int end = literalEnd(path);
    if (end < 0) {
      return false;
    }
    step.follow(path.substring(1, end), path.substring(end));
    return true;
  }

  /** The end of the literal that a path begins with; negative if it is a key after all. */
  static int literalEnd(String path) {
    if (startsJson(path.charAt(1))) {
      return Math.min(Tokens.blockEnd(path, 1), path.length());
    }
    int end = 1;
    while (end < path.length() && path.charAt(end) != '|' && path.charAt(end) != '.') {
      end++;
    }
    var name = path.substring(1, end);
    boolean known =
        name.equalsIgnoreCase("true")
            || name.equalsIgnoreCase("false")
            || name.equalsIgnoreCase("null")
            || name.equalsIgnoreCase("nan")
            || name.equalsIgnoreCase("inf");
    return known ? end : -1;
  }

  private static boolean startsJson(char c) {
    return switch (c) {
      case '{', '[', '"', '+', '-' -> true;
      default -> c >= '0' && c <= '9';
    };
  }

  private boolean multipath(Step step) {
    var selectors = Selectors.parse(step.path);
    step.path = selectors == null ? "" : selectors.rest(step.path); // as the original, either way
    if (selectors == null || !(step.path.isEmpty() || isSeparated(step.path))) {
      return false;
    }
    var made = selectors.collect(this, step.json);
    if (step.path.isEmpty()) {
      step.end(Value.json(made));
    } else {
      step.pipe(made, step.path.substring(1));
    }
    return true;
  }

  private void search(Step step) {
    var search = new Search(this, step.json);
    if (step.path.startsWith("..")) {
      search.lines(step.path.substring(2));
    } else {
      search.document(step.path);
    }
    if (search.pipe == null) {
      step.end(search.value);
    } else {
      step.pipe(search.value.raw(), search.pipe);
    }
  }
}
