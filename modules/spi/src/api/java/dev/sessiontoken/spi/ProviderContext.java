package dev.sessiontoken.spi;

import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * What a provider may use while it obtains one token. Made for one call of {@link
 * SessionTokenProvider#obtain}, used by the thread of that call.
 */
public interface ProviderContext {

  /**
   * Returns the base URL of the Coder deployment that the token is for: scheme {@code http} or
   * {@code https}, without user info. Never null. Does not block.
   */
  URI deployment();

  /**
   * Returns the value of one of the provider's own options, whether a flag, a variable or the
   * option's default gave it. Does not block.
   *
   * @param name as {@link ProviderOption#name} declares it
   * @return the value; empty if none was given and the option has no default. Never null
   */
  Optional<String> option(String name);

  /** Returns when the provider must have ended. Never null. Does not block. */
  Deadline deadline();

  /**
   * Reports which step begins now. Shown to users who ask for every step, and in the message if the
   * time limit ends the step. The default reports to no one. Does not block.
   *
   * @param what one line, such as {@code read the token file}; never a secret
   */
  default void step(String what) {}

  /**
   * Tells a person something that they must know while the provider works, such as the page and the
   * code of an OAuth device login. The command line writes it to standard error, whatever {@code
   * --output} says, and goes on: there is no answer to wait for, and neither standard output nor
   * the exit code changes. A Java program gets it by {@code Trace.say}. A provider must also work
   * where no person reads it: it waits for what the person does until the deadline, and throws
   * {@code Unreachable} then.
   *
   * <p>Twenty lines of 1000 characters are passed on, and what is beyond is left out. Characters
   * that do not print are shown as escapes, and values of secret options as {@code [secret]}. The
   * default tells no one. Does not block.
   *
   * @param line one line; never a secret
   */
  default void tell(String line) {}

  /**
   * Returns HTTP with the provider's own service, by the trust, proxies and deadline of this call.
   * For the thread of this call; nothing is to be closed. Never null. Does not block.
   *
   * @throws UnsupportedOperationException if this context sends no requests, which is the default
   */
  default ServiceHttp http() {
    throw new UnsupportedOperationException("this context sends no requests");
  }

  /**
   * Trades evidence of this machine's identity for a token: {@code POST
   * /api/v2/workspaceagents/<endpoint>} of the deployment, with the evidence as a JSON object, and
   * without credentials. Blocks until the deadline at most.
   *
   * <p>Endpoints are those that the deployment has; Coder's ({@code
   * coderd/workspaceresourceauth.go}) and their members, which must be there and not be empty, are:
   *
   * <ul>
   *   <li>{@code aws-instance-identity}: {@code document}, the instance identity document byte for
   *       byte, and {@code signature}, its base64 signature;
   *   <li>{@code azure-instance-identity}: {@code signature} and {@code encoding} of the attested
   *       document, as the metadata service gives them;
   *   <li>{@code google-instance-identity}: {@code json_web_token}, an identity token in the full
   *       format for the audience {@code coder}.
   * </ul>
   *
   * <p>A deployment answers 200 with {@code {"session_token": "…"}}; 400 for members that are
   * missing and for a machine of an earlier build; 401 for evidence that it does not believe; 404
   * for a machine without an agent; from version 2.33 on 409 if several agents share the machine
   * and none is named. A name that the user gives ({@code --agent-name}) is sent along as {@code
   * agent_name}. The request is repeated as calls of the deployment are.
   *
   * @param endpoint last segment of the path, such as {@code aws-instance-identity}
   * @param evidence the members of the JSON request by name; their values are kept secret
   * @return the token that the deployment issued, never null
   * @throws SessionTokenException {@code Rejected} if the deployment refused the evidence (400,
   *     401, 403, 404, 409); {@code Unreachable} if there was no answer, or 408, 425, 429 or a
   *     status from 500 on after all tries; {@code BadAnswer} for any other answer, also if the
   *     deployment does not have the endpoint: the message says so
   * @throws IllegalArgumentException if the endpoint is not one segment of lower case letters,
   *     digits and hyphens
   * @throws InterruptedException if the calling thread was interrupted
   */
  SessionToken exchange(String endpoint, Map<String, String> evidence)
      throws SessionTokenException, InterruptedException;
}
