package dev.sessiontoken.gjson;

/**
 * Evaluates paths on JSON texts, within one budget. The classes follow the original's structure
 * (its function {@code Get}), so that unusual paths give the original's results.
 */
record Evaluation(Budget budget) {

  /**
   * Returns the value that the path finds in the text, or {@link Value#MISSING}. One turn of the
   * loop evaluates the path up to a pipe; its result is the text of the next turn.
   */
  Value get(String json, String path) {
    budget.enter();
    var state = new State(json, path);
    while (!state.done) {
      budget.spend(json.length() + path.length() + 1);
      take(state);
      json = state.json;
      path = state.path;
    }
    budget.leave();
    return state.found;
  }

  /** The state of the loop: the text and path of the next turn, or the value found. */
  private static final class State {
    private String json;
    private String path;
    private boolean done;
    private Value found = Value.MISSING;

    State(String json, String path) {
      this.json = json;
      this.path = path;
    }

    /**
     * Continues with the path after a dot or pipe; if none follows, ends with the new text as
     * value.
     */
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

  private void take(State state) {
    var path = state.path;
    boolean taken =
        path.length() > 1
            && switch (path.charAt(0)) {
              case '@' -> modifier(state);
              case '!' -> literal(state);
              case '[', '{' -> multipath(state);
              default -> false;
            };
    if (!taken) {
      search(state);
    }
  }

  private boolean modifier(State state) {
    var call = ModifierCall.parse(state.path);
    if (call == null) {
      return false;
    }
    state.follow(new Modifiers(this).apply(call, state.json), call.rest());
    return true;
  }

  private static boolean literal(State state) {
    var path = state.path;
    int end = literalEnd(path);
    if (end < 0) {
      return false;
    }
    state.follow(path.substring(1, end), path.substring(end));
    return true;
  }

  /**
   * Returns the index just after the literal (SYNTAX.md, "Literals") with which a path begins; its
   * first character is {@code !}. Negative if the path is a key that begins with {@code !}.
   */
  static int literalEnd(String path) {
    if (startsJson(path.charAt(1))) {
      return Math.min(JsonScanner.blockEnd(path, 1), path.length());
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

  private boolean multipath(State state) {
    var multipath = Multipath.parse(state.path);
    state.path =
        multipath == null
            ? ""
            : multipath.rest(state.path); // also where this returns false, as in the original
    if (multipath == null || !(state.path.isEmpty() || isSeparated(state.path))) {
      return false;
    }
    var made = multipath.collect(this, state.json);
    if (state.path.isEmpty()) {
      state.end(Value.json(made));
    } else {
      state.pipe(made, state.path.substring(1));
    }
    return true;
  }

  private void search(State state) {
    var search = new Search(this, state.json);
    if (state.path.startsWith("..")) {
      search.lines(state.path.substring(2));
    } else {
      search.document(state.path);
    }
    if (search.pipe == null) {
      state.end(search.value);
    } else {
      state.pipe(search.value.raw(), search.pipe);
    }
  }
}
