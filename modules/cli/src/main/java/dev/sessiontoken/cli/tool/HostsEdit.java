package dev.sessiontoken.cli.tool;

import dev.sessiontoken.cli.args.Arguments;
import dev.sessiontoken.cli.command.Invocation;
import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes the user's hosts file. Comments and other lines stay as they are.
 *
 * @param file the user's hosts file, which need not exist
 * @param text of that file
 * @param isDry whether nothing is written
 */
record HostsEdit(Path file, HostsText text, boolean isDry) {

  static HostsEdit of(Arguments arguments, boolean isDry) throws NotConfigured {
    var file =
        HostsMap.userFile(arguments)
            .orElseThrow(() ->
                new NotConfigured(
                    "find the hosts file",
                    "neither XDG_CONFIG_HOME nor HOME names a folder",
                    "set HOME",
                    null));
    var text = HostsFile.read(file);
    text.rules(); // a file with a wrong line is not changed
    return new HostsEdit(file, text, isDry);
  }

  /**
   * Adds the rule, or changes the line for the same host and path.
   *
   * @return what was done, as one line
   */
  String add(HostRule rule, Invocation invocation) throws NotConfigured {
    var lines = new ArrayList<>(text.lines());
    int index = lineOf(rule.place());
    boolean isThere = index >= 0 && text.rule(index).orElseThrow().text().equals(rule.text());
    if (index >= 0) lines.set(index, rule.text() + text.comment(index));
    else lines.add(placeFor(rule), rule.text());
    if (!isThere) write(lines);
    tellIfHidden(rule, invocation);
    String done = index >= 0 ? "change" : "add";
    return told(isThere ? "is there already: " : isDry ? "would " + done + ": " : past(done), rule);
  }

  private static String past(String verb) {
    return verb.equals("add") ? "added: " : "changed: ";
  }

  /**
   * Removes the lines for the host and path.
   *
   * @return what was done, a line for each
   */
  String remove(ToolHost place) throws NotConfigured {
    var kept = new ArrayList<String>();
    var done = new StringBuilder();
    for (int i = 0; i < text.lines().size(); i++) {
      var rule = text.rule(i).filter(each -> each.place().place().equals(place.place()));
      if (rule.isEmpty()) kept.add(text.lines().get(i));
      else done.append(told(isDry ? "would remove: " : "removed: ", rule.get()));
    }
    if (done.isEmpty()) return "is not there: " + Printable.of(place.place(), 300) + "\n";
    write(kept);
    return done.toString();
  }

  private String told(String done, HostRule rule) {
    return done + Printable.of(file + ": " + rule.text(), 600) + "\n";
  }

  /** Returns the index of the line for the host and path, or -1. */
  private int lineOf(ToolHost place) throws NotConfigured {
    for (int i = 0; i < text.lines().size(); i++) {
      var rule = text.rule(i);
      if (rule.isPresent() && rule.get().place().place().equals(place.place())) return i;
    }
    return -1;
  }

  /** Before the line for a shorter path of the same host, which would hold first; else the end. */
  private int placeFor(HostRule added) throws NotConfigured {
    for (int i = 0; i < text.lines().size(); i++) {
      var rule = text.rule(i);
      if (rule.isPresent() && rule.get().covers(added.place())) return i;
    }
    int end = text.lines().size();
    return text.lines().getLast().isEmpty() ? end - 1 : end;
  }

  private void tellIfHidden(HostRule rule, Invocation invocation) throws NotConfigured {
    Optional<HostRule> first = HostsMap.of(invocation.arguments()).find(rule.place());
    if (first.isEmpty() || first.get().origin().source().equals(file.toString())) return;
    invocation.tell(
        "coder: not used: " + Printable.of(first.get().origin().toString(), 300) + " comes first");
  }

  private void write(List<String> lines) throws NotConfigured {
    if (isDry) return;
    String joined = String.join("\n", lines);
    boolean isWhole = joined.isEmpty() || joined.endsWith("\n");
    FileReplacement.write(file, isWhole ? joined : joined + "\n");
  }
}
