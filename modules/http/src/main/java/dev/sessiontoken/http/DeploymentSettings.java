package dev.sessiontoken.http;

import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import java.net.URI;

/**
 * How a deployment is reached.
 *
 * @param origin scheme, host and port, as {@link Deployments#origin} gives it
 * @param userAgent what the client calls itself
 * @param trace told what happens
 */
public record DeploymentSettings(URI origin, String userAgent, Trace trace) {

  /**
   * A deployment by its URL, told to nobody.
   *
   * @throws NotConfigured if it is none, as {@link Deployments#origin} says
   */
  public static DeploymentSettings of(URI deployment) throws NotConfigured {
    return new DeploymentSettings(
        Deployments.origin(deployment.toString()), "sessiontoken", Trace.NONE);
  }

  boolean isTls() {
    return origin.getScheme().equals("https");
  }
}
