package dev.sessiontoken.cli.tool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A call {@code keyring get SERVICE [USER]}, with its flags wherever they stand.
 *
 * @param service a URL, or a host
 * @param user whose password is wanted; empty for any user's
 * @param wantsUser whether the user name is wanted as well: {@code --mode creds}
 * @param isJson {@code --output json}
 */
record KeyringLookUp(String service, Optional<String> user, boolean wantsUser, boolean isJson) {

  /** Takes the arguments apart; empty if they are another call, or hold another flag. */
  static Optional<KeyringLookUp> parse(List<String> arguments) {
    var words = new ArrayList<String>();
    String mode = "password";
    String output = "plain";
    for (int i = 0; i < arguments.size(); i++) {
      String word = arguments.get(i);
      boolean isLast = i + 1 == arguments.size();
      if (word.startsWith("--mode=")) mode = word.substring("--mode=".length());
      else if (word.startsWith("--output=")) output = word.substring("--output=".length());
      else if (word.equals("--mode") && !isLast) mode = arguments.get(++i);
      else if (word.equals("--output") && !isLast) output = arguments.get(++i);
      else if (word.startsWith("-")) return Optional.empty();
      else words.add(word);
    }
    boolean isGet = words.size() >= 2 && words.size() <= 3 && words.getFirst().equals("get");
    boolean isMode = mode.equals("password") || mode.equals("creds");
    boolean isOutput = output.equals("plain") || output.equals("json");
    if (!isGet || !isMode || !isOutput) return Optional.empty();
    Optional<String> user = words.size() == 3 ? Optional.of(words.get(2)) : Optional.empty();
    boolean isJson = output.equals("json");
    return Optional.of(new KeyringLookUp(words.get(1), user, mode.equals("creds"), isJson));
  }

  /** Whether the login answers the call, by the user name that the hosts map gives it. */
  boolean isFor(Optional<String> given) {
    boolean isAny = user.isEmpty() || given.isEmpty() || given.get().equals(HostRule.SUBJECT);
    return isAny || user.get().isEmpty() || user.equals(given);
  }
}
