/**
 * Which HTTP proxy to use for a URL, by the variables of the environment.
 *
 * <p>Begin with {@code Proxies}: it chooses the variable for the URL's scheme, {@code NoProxy}
 * decides whether the host is excepted, {@code ProxyUrl} parses the variable's value into a {@code
 * Proxy}. {@code HostPort} and {@code IpAddress} read parts of URLs as Go does. The rules are those
 * of Go's {@code golang.org/x/net/http/httpproxy}, which the original command line uses.
 *
 * <p>Used by {@code Route} of {@code dev.sessiontoken.http}. Depends on the JDK and {@code
 * dev.sessiontoken.spi} alone.
 */
package dev.sessiontoken.http.proxy;
