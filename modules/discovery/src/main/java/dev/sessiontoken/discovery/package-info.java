/**
 * Finds providers and keeps their tokens.
 *
 * <ul>
 *   <li>{@link dev.sessiontoken.discovery.SessionTokenProviders} finds the providers that are
 *       linked into this program. Begin here.
 *   <li>{@link dev.sessiontoken.discovery.DroppedInProviders} finds providers in dropped-in jars.
 *       It reads their {@link dev.sessiontoken.discovery.ProviderIndex}, or asks a {@link
 *       dev.sessiontoken.discovery.ProviderProbe}, and loads the one that is chosen. {@code
 *       JarSurvey} is one such look through the folders; {@code Ownership} says whose jars count;
 *       {@code JarLayer} loads them, as {@code JarModules} or as a {@code JarClassPath}; {@code
 *       GuardedProvider} stands before a loaded one.
 *   <li>{@link dev.sessiontoken.discovery.ProviderChain} makes one provider of several: the first
 *       that is configured obtains the token.
 *   <li>{@link dev.sessiontoken.discovery.OwnFiles} tells whether another user could change a file.
 *   <li>{@link dev.sessiontoken.discovery.SessionTokenSource} obtains a provider's token once for
 *       all callers, and renews it.
 * </ul>
 *
 * <p>Used by the client and the command line. Providers never see this package.
 */
package dev.sessiontoken.discovery;
