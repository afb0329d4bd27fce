package dev.sessiontoken.demo.fuzz;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Makes a failing case smaller for as long as it breaks the same rule.
 *
 * @param trial runs cases
 * @param rule that is broken
 */
record Shrinker(Trial trial, String rule) {

  /** Returns the smallest case found. Blocks for many runs of the program. */
  Case shrink(Case failing) throws IOException, InterruptedException {
    Case smallest = failing;
    for (var smaller = smallerOne(smallest); smaller.isPresent(); smaller = smallerOne(smallest)) {
      smallest = smaller.get();
    }
    return smallest;
  }

  private Optional<Case> smallerOne(Case failing) throws IOException, InterruptedException {
    for (var each : candidates(failing)) {
      if (Oracle.broken(each, trial.run(each)).equals(Optional.of(rule))) return Optional.of(each);
    }
    return Optional.empty();
  }

  private static List<Case> candidates(Case failing) {
    var candidates = new ArrayList<Case>();
    for (String name : failing.environment().keySet())
      candidates.add(failing.withoutVariable(name));
    for (int i = 0; i < failing.arguments().size(); i++) {
      var fewer = new ArrayList<>(failing.arguments());
      fewer.remove(i);
      candidates.add(failing.withArguments(fewer));
    }
    shorter(failing.answer()).forEach(text -> candidates.add(failing.withAnswer(text)));
    shorter(failing.input()).forEach(text -> candidates.add(failing.withInput(text)));
    for (int i = 0; i < failing.arguments().size(); i++) {
      for (String text : shorter(failing.arguments().get(i))) {
        candidates.add(failing.withArgument(i, text));
      }
    }
    return candidates;
  }

  /** Returns the text without a half, a quarter, an eighth of it, at each place. */
  private static List<String> shorter(String text) {
    var shorter = new ArrayList<String>();
    for (int length = text.length() / 2; length > 0 && length >= text.length() / 16; length /= 2) {
      for (int at = 0; at + length <= text.length(); at += length) {
        shorter.add(text.substring(0, at) + text.substring(at + length));
      }
    }
    return shorter;
  }
}
