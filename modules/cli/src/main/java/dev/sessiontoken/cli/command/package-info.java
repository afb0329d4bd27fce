/**
 * What a command is, what it gets and what it returns.
 *
 * <p>Begin with {@link dev.sessiontoken.cli.command.Command}. A command gets an {@link
 * dev.sessiontoken.cli.command.Invocation} and returns an {@link
 * dev.sessiontoken.cli.command.Outcome} with an {@link dev.sessiontoken.cli.command.ExitCode}.
 * Implemented in {@code agent} and {@code git}, run by {@code Program}.
 */
package dev.sessiontoken.cli.command;
