/**
 * Fakes for tests of providers and of programs that use them, and the tests that every provider
 * must pass.
 *
 * <ul>
 *   <li>{@link dev.sessiontoken.testkit.ProviderContractTest} is inherited by the tests of a
 *       provider, {@link dev.sessiontoken.testkit.InstanceIdentityContractTest} by those of a
 *       provider for a cloud machine: begin there.
 *   <li>{@link dev.sessiontoken.testkit.FakeCoder} is a deployment on loopback, {@link
 *       dev.sessiontoken.testkit.FakeMetadata} the metadata services of three clouds. Both refuse
 *       what the real ones refuse, keep what they received as {@link
 *       dev.sessiontoken.testkit.SeenRequest}, and misbehave on demand by a {@link
 *       dev.sessiontoken.testkit.Fault}.
 *   <li>{@link dev.sessiontoken.testkit.FakeService} is a provider's own service, scripted by the
 *       test.
 *   <li>{@link dev.sessiontoken.testkit.ProviderCalls} calls a provider as the product does.
 *   <li>{@link dev.sessiontoken.testkit.CoderContext} and {@link
 *       dev.sessiontoken.testkit.FixedContext} stand for the client that calls a provider.
 *   <li>{@link dev.sessiontoken.testkit.ProviderJar} makes jars of providers.
 * </ul>
 */
package dev.sessiontoken.testkit;
