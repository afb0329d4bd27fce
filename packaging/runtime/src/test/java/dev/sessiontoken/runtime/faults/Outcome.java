package dev.sessiontoken.runtime.faults;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What came out of a run.
 *
 * @param exit exit code
 * @param out standard output
 * @param err standard error
 * @param took how long it ran
 * @param requests how many requests its peer saw
 * @param headers of each that came through to the deployment
 * @param agentToken what it was given, a secret
 */
record Outcome(
    int exit,
    String out,
    String err,
    Duration took,
    long requests,
    List<Map<String, List<String>>> headers,
    String agentToken) {}
