package dev.sessiontoken.client;

import java.util.Optional;
import java.util.UUID;

/** What an agent of a prebuilt workspace learns while it waits for an owner. */
public sealed interface Reinitialization {

  /**
   * A user has claimed the workspace: the agent's environment is out of date. Fields as in coder's
   * codersdk/agentsdk, {@code ReinitializationEvent}.
   *
   * @param workspaceId id of the workspace
   * @param reason such as {@code prebuild_claimed}; may be empty
   * @param ownerId the new owner; empty if the deployment is too old to say
   */
  record Claimed(UUID workspaceId, String reason, Optional<UUID> ownerId)
      implements Reinitialization {}

  /**
   * There is nothing to wait for: the workspace is not a prebuilt one, or its claim has failed for
   * good. Final.
   *
   * @param reason in the deployment's words
   */
  record NotAwaited(String reason) implements Reinitialization {}
}
