package dev.sessiontoken.process;

import java.util.Map;

/**
 * The environment variables of programs that this one starts: those of the user, as they were
 * before the image's launcher changed some, without the agent's token.
 */
public final class InheritedVariables {
  private static final String AGENT_TOKEN = "CODER_AGENT_TOKEN";

  /**
   * Variables that the launcher sets for the JVM, each with the variable in which the launcher
   * keeps the user's value: empty if the user had none.
   */
  public static final Map<String, String> SET_BY_LAUNCHER =
      Map.of("LC_ALL", "CODER_LC_ALL", "MALLOC_ARENA_MAX", "CODER_MALLOC_ARENA_MAX");

  private InheritedVariables() {}

  /**
   * Gives variables back the values that the user had set, and removes the agent's token. Changes
   * nothing where no launcher has changed anything. Does not block.
   *
   * @param environment variables by name, changed in place; such as {@link
   *     ProcessBuilder#environment}
   */
  public static void restore(Map<String, String> environment) {
    SET_BY_LAUNCHER.forEach((variable, kept) -> {
      String before = environment.remove(kept);
      if (before == null) return;
      environment.remove(variable);
      if (!before.isEmpty()) environment.put(variable, before);
    });
    environment.remove(AGENT_TOKEN);
  }
}
