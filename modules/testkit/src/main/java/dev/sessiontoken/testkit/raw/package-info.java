/**
 * A server on loopback that sends bytes as a script says, so that a client can be tested with
 * answers that no HTTP server would give: half a header, a reset, a TLS record that cannot be
 * decrypted.
 *
 * <p>A {@link dev.sessiontoken.testkit.raw.Script} says what happens on a connection, by the calls
 * of {@link dev.sessiontoken.testkit.raw.Wire}; {@link dev.sessiontoken.testkit.raw.RawServer} runs
 * it for each connection.
 */
package dev.sessiontoken.testkit.raw;
