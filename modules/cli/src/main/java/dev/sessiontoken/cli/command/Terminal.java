package dev.sessiontoken.cli.command;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.BooleanSupplier;

/**
 * Where a command reads and writes.
 *
 * @param in standard input
 * @param out standard output, unbuffered: one write a command
 * @param err standard error: messages and prompts
 * @param errIsTerminal whether standard error is a terminal
 * @param isShown whether standard output is a terminal
 */
public record Terminal(
    InputStream in,
    OutputStream out,
    PrintStream err,
    BooleanSupplier errIsTerminal,
    BooleanSupplier isShown) {}
