/**
 * The resident helper.
 *
 * <p>{@link dev.sessiontoken.resident.Main} sets up the process, {@code Service} listens and
 * decides when the process ends, {@code Connection} serves one client, {@code Call} runs one
 * command. {@code SharedProcess} is what a command sees of this process: it lends connections
 * ({@code KeptClients}) and session tokens ({@code KeptTokens}), and sends whatever needs a process
 * of its own away. The protocol and the folder of the socket are in {@code
 * dev.sessiontoken.cli.resident}.
 */
package dev.sessiontoken.resident;
