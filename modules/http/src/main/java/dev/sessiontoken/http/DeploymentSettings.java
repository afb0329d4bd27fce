package dev.sessiontoken.http;

import java.net.URI;

/**
 * How a deployment is reached.
 *
 * @param origin scheme, host and port, as {@link Deployments#origin} gives it
 * @param userAgent what the client calls itself
 * @param trace told what happens
 */
public record DeploymentSettings(URI origin, String userAgent, Trace trace) {

  boolean isTls() {
    return origin.getScheme().equals("https");
  }
}
