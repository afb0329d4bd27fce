/**
 * Programs that this one runs.
 *
 * <p>{@link dev.sessiontoken.process.RunningProgram} is one program, from its start to its certain
 * end. {@link dev.sessiontoken.process.InheritedVariables} says which environment variables it
 * gets. {@link dev.sessiontoken.process.StderrLines} makes its standard error fit for a terminal.
 * {@code Stragglers} finds what a program has left running in the background.
 */
package dev.sessiontoken.process;
