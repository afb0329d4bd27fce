/**
 * What a command is, what it gets and what it returns.
 *
 * <p>Begin with {@link dev.sessiontoken.cli.command.Command}. A command gets an {@link
 * dev.sessiontoken.cli.command.Invocation} and returns an {@link
 * dev.sessiontoken.cli.command.Outcome} with an {@link dev.sessiontoken.cli.command.ExitCode}.
 * Implemented in {@code agent} and {@code git}, run by {@code Program}. {@code Steps} writes what
 * {@code -v} shows, {@code SecretFilter} hides secrets on standard error, {@code DroppedInJars}
 * finds providers in jars.
 */
package dev.sessiontoken.cli.command;
