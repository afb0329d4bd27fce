package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.spi.SessionTokenException;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;

/**
 * What a deployment says of itself. Fields as in coder's codersdk/deployment.go, {@code
 * BuildInfoResponse}; texts that the deployment leaves out are empty.
 *
 * @param version such as {@code v2.26.0}; never empty
 * @param externalUrl where the source of this version is
 * @param dashboardUrl where users reach the deployment
 * @param isTelemetryOn whether the deployment reports its use to its makers
 * @param isWorkspaceProxy whether a workspace proxy has answered, not the deployment itself
 * @param agentApiVersion version of the protocol between deployment and agent
 * @param upgradeMessage what the administrator tells users of other versions
 * @param deploymentId id of the deployment, a UUID
 */
public record BuildInfo(
    String version,
    String externalUrl,
    String dashboardUrl,
    boolean isTelemetryOn,
    boolean isWorkspaceProxy,
    String agentApiVersion,
    String upgradeMessage,
    String deploymentId) {

  static BuildInfo read(Answer answer) throws SessionTokenException {
    if (answer.status() != 200) throw Refusals.ofCall(answer);
    var body = answer.json();
    String version = string(body, "version");
    if (version.isBlank()) {
      throw new BadAnswer(
          answer.step(),
          "the answer names no version",
          "does the URL lead to a Coder deployment?",
          null);
    }
    return new BuildInfo(
        version,
        string(body, "external_url"),
        string(body, "dashboard_url"),
        JsonValue.TRUE.equals(body.get("telemetry")),
        JsonValue.TRUE.equals(body.get("workspace_proxy")),
        string(body, "agent_api_version"),
        string(body, "upgrade_message"),
        string(body, "deployment_id"));
  }

  private static String string(JsonObject body, String name) {
    return body.get(name) instanceof JsonString text ? text.getString() : "";
  }
}
