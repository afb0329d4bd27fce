/**
 * Commands by which a workspace's tools, such as docker, get the user's tokens.
 *
 * <p>A tool asks for the login at a host. {@link dev.sessiontoken.cli.tool.HostsMap} names the
 * external provider of the host, or none: then the answer is "none", without a request. {@code
 * HostsFile} reads a file of that map, {@code HostsText} edits one.
 */
package dev.sessiontoken.cli.tool;
