/**
 * {@code ./dev fuzz}: runs the built image with mutated answers, questions, command lines and
 * environments, and checks what must hold for any of them.
 *
 * <p>{@link dev.sessiontoken.demo.fuzz.Fuzz} runs {@link dev.sessiontoken.demo.fuzz.Case}s, which
 * {@link dev.sessiontoken.demo.fuzz.Cases} makes from a seed and a number, and asks {@link
 * dev.sessiontoken.demo.fuzz.Oracle} about each.
 */
package dev.sessiontoken.demo.fuzz;
