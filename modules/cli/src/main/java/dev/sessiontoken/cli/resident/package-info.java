/**
 * The resident helper, as the command line knows it: where its socket is, the frames that are sent
 * over it, and the commands that start, stop and show it.
 *
 * <p>The server itself is the module {@code dev.sessiontoken.resident}; the client that users'
 * calls go through is {@code packaging/client/coder-warm.c}. {@link
 * dev.sessiontoken.cli.resident.Frame} describes the protocol, {@link
 * dev.sessiontoken.cli.resident.Place} the folder and who is trusted.
 */
package dev.sessiontoken.cli.resident;
