package dev.sessiontoken.gjson;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Searches one array for what an {@link ArrayPart} asks: the element at an index, the number of
 * elements, a value of each element, or the elements that a query selects. Sets the result in the
 * {@link Search} it belongs to.
 */
final class ArraySearch {
  private final Search search;
  private final String json;
  private final ArrayPart part;
  private final @Nullable Query query;
  private final long index;
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
    this.index = part.index();
    search.budget().spend(part.text().length());
    if (part.pipe() != null) {
      search.pipe = part.pipe();
    }
  }

  /**
   * Searches the elements from {@code i} on. Returns whether the search is over; false after {@code
   * #(…)#}, which sets {@code search.value} nevertheless, as in the original.
   */
  boolean run(int i) {
    while (i <= json.length()) {
      recordStart(i);
      int start = elementStart(i);
      if (start == json.length() || json.charAt(start) == ']') {
        search.at = start + 1;
        return close();
      }
      if (element(start, count++ == index)) {
        return true;
      }
      if (search.at < 0) {
        return false;
      }
      i = search.at;
    }
    return false;
  }

  /** Remembers where an element begins, for {@link #collect(String)}. */
  private void recordStart(int start) {
    if (part.each() != null) {
      starts = count == starts.length ? Arrays.copyOf(starts, 2 * count) : starts;
      starts[count] = start;
    }
  }

  private int elementStart(int i) {
    while (i < json.length() && json.charAt(i) != ']' && !JsonScanner.startsValue(json.charAt(i))) {
      i++;
    }
    return i;
  }

  private boolean element(int start, boolean matches) {
    char c = json.charAt(start);
    if (matches && rest != null && (c == '{' || c == '[')) {
      return search.block(start, rest);
    }
    search.at = JsonScanner.valueEnd(json, start);
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
      selected = new Output(search.budget()).append('[');
    }
    if (element.kind() != Value.Kind.JSON && !query.path().isEmpty()) {
      return false;
    }
    var operand =
        element.kind() == Value.Kind.JSON
            ? search.evaluation.get(element.raw(), query.path())
            : element;
    return query.matches(operand, search.budget()) && accept(applyRest(element));
  }

  /** Returns what the path after the query finds in a selected element. */
  private Value applyRest(Value element) {
    if (rest == null) {
      return element;
    }
    rest = splitPipe(rest);
    return search.evaluation.get(element.raw(), rest);
  }

  /** Returns the path up to its first pipe; keeps what follows the pipe for the whole result. */
  private String splitPipe(String path) {
    int pipe = PathSyntax.firstPipe(path);
    if (pipe < 0) {
      return path;
    }
    search.pipe = path.substring(pipe + 1);
    return path.substring(0, pipe);
  }

  /**
   * Adds the value to the selection; for {@code #(…)} without {@code #}, ends with it as the
   * result.
   */
  private boolean accept(Value found) {
    if (selected == null) {
      search.value = found;
      return true;
    }
    append(selected, found);
    return false;
  }

  private static void append(Output array, Value found) {
    var raw = found.raw();
    if (!raw.isEmpty()) {
      array.separate(1).append(raw);
    }
  }

  /** Sets the results that are known only at the end of the array: a count or a collection. */
  private boolean close() {
    if (part.hash() && part.isHashAlone()) {
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
    var array = new Output(search.budget()).append('[');
    for (int i = 0; i <= count; i++) {
      int start = skipSpace(starts[i]);
      if (start < json.length() && json.charAt(start) != ']') {
        collect(start, path, array);
      }
    }
    return Value.json(array.append(']').toString());
  }

  private void collect(int from, String path, Output array) {
    int start = JsonScanner.valueStart(json, from);
    int end = start == json.length() ? -1 : JsonScanner.valueEnd(json, start);
    if (end >= 0) {
      append(array, search.evaluation.get(JsonScanner.cut(json, start, end), path));
    }
  }

  private int skipSpace(int i) {
    while (i < json.length() && " \t\r\n".indexOf(json.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }
}
