/**
 * Commands that call the deployment as the agent, and what they share.
 *
 * <p>Begin with {@link dev.sessiontoken.cli.agent.AccessToken}, the main job. {@link
 * dev.sessiontoken.cli.agent.AgentFlags} turns flags and variables into a client, {@link
 * dev.sessiontoken.cli.agent.Login} waits for the user to log in; the commands in {@code git} use
 * both. {@code ConnectionFlags} holds the flags of HTTP and TLS, {@code Headers} runs the header
 * command, {@code CleartextUrls} refuses {@code http://} URLs.
 */
package dev.sessiontoken.cli.agent;
