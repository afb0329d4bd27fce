/**
 * Programs of the build that run the image against the fakes of {@code dev.sessiontoken.testkit}.
 *
 * <p>{@link dev.sessiontoken.demo.Demo} is {@code ./dev demo}. {@link
 * dev.sessiontoken.demo.Training} records the AOT caches while the image is built. {@link
 * dev.sessiontoken.demo.BenchServers} and {@link dev.sessiontoken.demo.Load} are the servers and
 * the library's share of {@code ./dev bench}.
 */
package dev.sessiontoken.demo;
