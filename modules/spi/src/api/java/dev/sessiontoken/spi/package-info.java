/**
 * The contract between session token providers and the programs that use them.
 *
 * <p>Begin with {@link dev.sessiontoken.spi.SessionTokenProvider}, the one interface that a
 * provider implements. A provider is given a {@link dev.sessiontoken.spi.ProviderContext} with the
 * values of its {@link dev.sessiontoken.spi.ProviderOption}s, and returns a {@link
 * dev.sessiontoken.spi.SessionToken} or throws a {@link
 * dev.sessiontoken.spi.SessionTokenException}. {@link dev.sessiontoken.spi.Deadline} is the time
 * that it has. {@link dev.sessiontoken.spi.ServiceHttp} sends a {@link
 * dev.sessiontoken.spi.ServiceRequest} to the provider's own service and returns a {@link
 * dev.sessiontoken.spi.ServiceAnswer}. {@link dev.sessiontoken.spi.Printable} and {@link
 * dev.sessiontoken.spi.Secrets} make text from outside fit for messages. {@link
 * dev.sessiontoken.spi.CoderException} and {@link dev.sessiontoken.spi.ClientClosedException} are
 * for the programs that call providers.
 *
 * <p>Implemented by the modules in {@code providers/} and by dropped-in jars; used by {@code
 * dev.sessiontoken.discovery}, the client and the command line.
 */
package dev.sessiontoken.spi;
