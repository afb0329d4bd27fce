/**
 * Commands by which a workspace's tools, such as docker, get the user's tokens.
 *
 * <p>A tool asks for the login at a host. {@link dev.sessiontoken.cli.tool.HostsMap} names the
 * external provider of the host, or none: then the answer is "none", without a request. {@code
 * HostsFile} reads a file of that map, {@code HostsEdit} changes one. {@code HostLogins} asks the
 * deployment. Each protocol is one class: begin with {@link dev.sessiontoken.cli.tool.GoAuth}, the
 * shortest. {@link dev.sessiontoken.cli.tool.Exec} is for tools without a protocol.
 */
package dev.sessiontoken.cli.tool;
