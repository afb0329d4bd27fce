package dev.sessiontoken.gjson;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Searches one array: for an index, a count, each element's share, or what a query selects. */
final class ArraySearch {
  private final Search search;
  private final String json;
  private final ArrayPart part;
  private final @Nullable Query query;
  private final long wanted;
  private int count;
  private int[] starts = new int[8];
  private @Nullable String rest;
  private @Nullable Output selected;

  ArraySearch(Search search, ArrayPart part) {
    this.search = search;
    this.json = search.json;
    this.part = part;
    this.query = part.query();
    this.rest = part.rest();
    this.wanted = part.index();
    search.allowance().spend(part.text().length());
    if (part.pipe() != null) {
      search.pipe = part.pipe();
    }
  }

  /** Whether the value was found; a selection by {@code #(…)#} is left behind without that. */
  boolean run(int i) {
    while (i <= json.length()) {
      note(i);
      int start = elementStart(i);
      if (start == json.length() || json.charAt(start) == ']') {
        search.at = start + 1;
        return close();
      }
      if (element(start, count++ == wanted)) {
        return true;
      }
      if (search.at < 0) {
        return false;
      }
      i = search.at;
    }
    return false;
  }

  private void note(int start) {
    if (part.each() != null) {
      starts = count == starts.length ? Arrays.copyOf(starts, 2 * count) : starts;
      starts[count] = start;
    }
  }

  private int elementStart(int i) {
    while (i < json.length() && json.charAt(i) != ']' && !Tokens.startsValue(json.charAt(i))) {
      i++;
    }
    return i;
  }

  private boolean element(int start, boolean matches) {
    char c = json.charAt(start);
    if (matches && rest != null && (c == '{' || c == '[')) {
      return search.block(start, rest);
    }
    search.at = Tokens.valueEnd(json, start);
    if (search.at < 0) {
      return false;
    }
    if (query != null) {
      return select(query, Value.in(json, start, search.at));
    }
    if (matches && rest == null) {
      search.value = Value.in(json, start, search.at);
      return true;
    }
    return false;
  }

  private boolean select(Query query, Value element) {
    if (query.all() && selected == null) {
      selected = new Output(search.allowance()).append('[');
    }
    if (element.kind() != Value.Kind.JSON && !query.path().isEmpty()) {
      return false;
    }
    var operand =
        element.kind() == Value.Kind.JSON
            ? search.evaluation.get(element.raw(), query.path())
            : element;
    return query.matches(operand, search.allowance()) && accept(share(element));
  }

  private Value share(Value element) {
    if (rest == null) {
      return element;
    }
    rest = splitPipe(rest);
    return search.evaluation.get(element.raw(), rest);
  }

  private String splitPipe(String path) {
    int pipe = Syntax.pipe(path);
    if (pipe < 0) {
      return path;
    }
    search.pipe = path.substring(pipe + 1);
    return path.substring(0, pipe);
  }

  /** Adds to the selection, or ends the search if only the first was wanted. */
  private boolean accept(Value found) {
    if (selected == null) {
      search.value = found;
      return true;
    }
    append(selected, found);
    return false;
  }

  private static void append(Output array, Value found) {
    var raw = found.rawOrString();
    if (!raw.isEmpty()) {
      array.separate(1).append(raw);
    }
  }

  private boolean close() {
    if (part.hash() && part.countsOrCollects()) {
      search.value =
          part.each() == null ? Value.number(Integer.toString(count)) : collect(part.each());
      return true;
    }
    if (query != null && query.all() && !search.value.exists()) {
      search.value = Value.json(selected == null ? "[]" : selected + "]");
    }
    return false;
  }

  private Value collect(String each) {
    var path = splitPipe(each);
    var array = new Output(search.allowance()).append('[');
    for (int i = 0; i <= count; i++) {
      int start = skipSpace(starts[i]);
      if (start < json.length() && json.charAt(start) != ']') {
        collect(start, path, array);
      }
    }
    return Value.json(array.append(']').toString());
  }

  private void collect(int from, String path, Output array) {
    int start = Tokens.valueStart(json, from);
    int end = start == json.length() ? -1 : Tokens.valueEnd(json, start);
    if (end >= 0) {
      append(array, search.evaluation.get(Tokens.cut(json, start, end), path));
    }
  }

  private int skipSpace(int i) {
    while (i < json.length() && " \t\r\n".indexOf(json.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }
}
