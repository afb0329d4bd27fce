/**
 * Flags, operands and environment of a command line, and how they are parsed.
 *
 * <p>Begin with {@link dev.sessiontoken.cli.args.Flag}, which describes a flag once for parsing,
 * help and environment. {@link dev.sessiontoken.cli.args.CommandLine} is the only user of args4j.
 * Used by every other package of the command line.
 */
package dev.sessiontoken.cli.args;
