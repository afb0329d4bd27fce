package dev.sessiontoken.discovery;

import dev.sessiontoken.spi.SessionTokenProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What was dropped in at one place: a jar, or a folder of jars, with the providers that it holds.
 *
 * @param place the jar or folder
 * @param version of the module or jar that holds the providers, empty text if it says none
 * @param providers those that can be used; empty if there is a problem
 * @param problem why it cannot be used, in one clause that is safe for a terminal
 */
public record Installation(
    Path place, String version, List<SessionTokenProvider> providers, Optional<String> problem) {

  /** Copies the providers. */
  public Installation {
    providers = List.copyOf(providers);
  }

  static Installation broken(Path place, String problem) {
    return new Installation(place, "", List.of(), Optional.of(problem));
  }
}
