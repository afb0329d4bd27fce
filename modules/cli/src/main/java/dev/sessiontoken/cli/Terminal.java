package dev.sessiontoken.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Where a command reads and writes.
 *
 * @param in standard input
 * @param out standard output, unbuffered: one write a command
 * @param err standard error, for people
 */
record Terminal(InputStream in, OutputStream out, PrintStream err) {}
