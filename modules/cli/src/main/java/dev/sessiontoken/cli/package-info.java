/**
 * The program {@code coder}: one process, from its arguments to its exit code.
 *
 * <p>{@link dev.sessiontoken.cli.Main} sets up the process, {@link dev.sessiontoken.cli.Program}
 * parses the command line, chooses a command and runs it, {@link dev.sessiontoken.cli.ErrorReport}
 * maps failures to exit codes and messages. Begin with {@code Program}. The commands are in {@code
 * agent}, {@code git}, {@code tool} and {@code workspace}; packages build on each other in the
 * order {@code args}, {@code process}, {@code command}, {@code agent}, {@code tool}, {@code git},
 * {@code workspace}, {@code resident}, this package.
 */
package dev.sessiontoken.cli;
