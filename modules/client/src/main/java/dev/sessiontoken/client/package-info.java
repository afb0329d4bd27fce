/**
 * Calls of a Coder deployment's agent API.
 *
 * <p>Begin with {@link dev.sessiontoken.client.CoderClient}: one method a call. Answers are read by
 * {@code ExternalAuthAnswer}, {@link dev.sessiontoken.client.GitSshKey} and {@link
 * dev.sessiontoken.client.ProviderPattern}; a refusal becomes an exception in {@code Refusals},
 * with the deployment's own text from {@link dev.sessiontoken.client.ApiException} as its cause.
 */
package dev.sessiontoken.client;
