/**
 * Programs that commands start: ssh, git, a browser, the header command.
 *
 * <p>Begin with {@link dev.sessiontoken.cli.process.ChildProcesses}: the one starter, which sets
 * their environment, bounds their time and ends them with this program. {@link
 * dev.sessiontoken.cli.process.JarProbe} asks dropped-in jars for their providers.
 */
package dev.sessiontoken.cli.process;
