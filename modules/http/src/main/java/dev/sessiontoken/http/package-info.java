/**
 * Requests to one deployment, and to the metadata service of a cloud machine.
 *
 * <p>Begin with {@link dev.sessiontoken.http.DeploymentClient}: it sends a {@link
 * dev.sessiontoken.http.Call} and returns an {@link dev.sessiontoken.http.Answer}. {@link
 * dev.sessiontoken.http.MetadataService} does the same for the providers of the clouds, each of
 * which is a constant of {@link dev.sessiontoken.http.Cloud}, and {@link
 * dev.sessiontoken.http.ServiceClient} for the own services of other providers. All are built from
 * the same parts, from the outside in:
 *
 * <ol>
 *   <li>{@code Retries} repeats a request as its {@link dev.sessiontoken.http.RetryPolicy} says;
 *   <li>{@code Route} is how to get to the server: its origin, a proxy, the settings of TLS;
 *   <li>{@code Transport} sends one request over a route. It owns the {@code HttpClient} and the
 *       {@code ClientExecutor}, and closes both;
 *   <li>{@code Peer} looks up the host's addresses, and {@code AddressRace} finds one that accepts
 *       connections; {@link dev.sessiontoken.http.HostAddresses} gives them to the JDK;
 *   <li>{@code BoundedBody}, {@code Compression} and {@code Json} read the answer under limits;
 *   <li>{@code TransportFailure} explains why there is no answer, {@code ConnectStage} how far a
 *       connection came.
 * </ol>
 *
 * <p>Java programs replace parts by {@link dev.sessiontoken.http.Overrides}, and learn of calls by
 * a {@link dev.sessiontoken.http.CallListener}; {@link dev.sessiontoken.http.OpenCalls} counts the
 * calls under way for the end of a client.
 *
 * <p>Used by {@code dev.sessiontoken.client}, by the command line, which fills {@link
 * dev.sessiontoken.http.DeploymentSettings}, and by providers. Messages name no flag of the command
 * line: {@link dev.sessiontoken.http.Remedy} has the neutral words. TLS is in {@code http.tls},
 * proxies are in {@code http.proxy}; neither of them knows this package.
 */
package dev.sessiontoken.http;
