/**
 * Commands by which programs of a workspace report to the deployment, and learn from it: logs, the
 * state of an app, the claim of a prebuilt workspace.
 *
 * <p>Begin with {@link dev.sessiontoken.cli.workspace.ReportStatus}, the shortest. {@link
 * dev.sessiontoken.cli.workspace.LogsSend} reads standard input into a {@link
 * dev.sessiontoken.cli.workspace.LogBuffer}, from which a {@link
 * dev.sessiontoken.cli.workspace.LogSender} sends on a thread of its own. Flags of the connection
 * come from {@code agent}.
 */
package dev.sessiontoken.cli.workspace;
