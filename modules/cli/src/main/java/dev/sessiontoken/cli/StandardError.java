package dev.sessiontoken.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** The process's standard error. */
final class StandardError {
  private StandardError() {}

  /** Opens it as UTF-8, whatever the locale is. */
  static PrintStream open() {
    return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
  }
}
