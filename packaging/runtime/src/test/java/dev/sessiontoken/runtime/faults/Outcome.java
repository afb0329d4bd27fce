package dev.sessiontoken.runtime.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Result of a run of the program.
 *
 * @param exit exit code
 * @param out standard output
 * @param err standard error
 * @param took duration of the run
 * @param requests number of requests that the server received
 * @param headers headers of each request that reached the deployment
 * @param agentToken agent token given to the program, a secret
 */
record Outcome(
    int exit,
    String out,
    String err,
    Duration took,
    long requests,
    List<Map<String, List<String>>> headers,
    String agentToken) {}
