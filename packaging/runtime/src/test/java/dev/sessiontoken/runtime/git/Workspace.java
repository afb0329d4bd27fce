package dev.sessiontoken.runtime.git;

import dev.sessiontoken.runtime.Image;
import dev.sessiontoken.runtime.Programs;
import dev.sessiontoken.testkit.FakeCoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A user's home in a workspace.
 *
 * @param home an empty folder
 * @param environment variables that the agent sets for its children, and those that tests need
 */
record Workspace(Path home, Map<String, String> environment) {

  static Workspace in(Path folder, FakeCoder coder) throws Exception {
    var home = Files.createDirectories(folder.resolve("home"));
    Files.createDirectories(home.resolve("tmp"));
    var environment = new HashMap<String, String>();
    environment.put("HOME", home.toString());
    environment.put("TMPDIR", home.resolve("tmp").toString());
    environment.put("PATH", Programs.PATH);
    environment.put("GIT_CONFIG_NOSYSTEM", "1");
    environment.put("CODER_AGENT_URL", coder.url().toString());
    environment.put("CODER_AGENT_TOKEN", coder.agentToken());
    for (String who : List.of("AUTHOR", "COMMITTER")) {
      environment.put("GIT_" + who + "_NAME", "U");
      environment.put("GIT_" + who + "_EMAIL", "u@example.com");
    }
    return new Workspace(home, environment);
  }

  /** A copy with one more variable. */
  Workspace with(String name, String value) {
    return new Workspace(home, Image.with(environment, name, value));
  }

  /** A copy with {@code GIT_ASKPASS} as the agent sets it. */
  Workspace withAskPass() {
    return with("GIT_ASKPASS", Image.program().toString());
  }

  List<String> git(String... args) {
    var command = new ArrayList<>(List.of("git", "-C", home.toString()));
    command.addAll(List.of(args));
    return command;
  }

  /** Runs git in the home, which must succeed. */
  String run(String... args) throws Exception {
    return Programs.run(environment, git(args).toArray(String[]::new));
  }

  Image.Result tryOut(String... args) throws Exception {
    return Image.run(git(args), environment);
  }

  /** Commits a file in a repository of the home and pushes it. */
  void push(String repository, String file) throws Exception {
    Files.writeString(home.resolve(repository).resolve(file), file);
    run("-C", repository, "add", ".");
    run("-C", repository, "commit", "--quiet", "-m", file);
    run("-C", repository, "push", "--quiet", "origin", "HEAD:main");
  }
}
