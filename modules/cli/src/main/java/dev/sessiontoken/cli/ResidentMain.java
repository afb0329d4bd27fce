package dev.sessiontoken.cli;

import dev.sessiontoken.cli.resident.ResidentProcess;
import java.util.ServiceLoader;

/**
 * Where the launcher starts the resident helper. In this module, because the JVM accepts an AOT
 * cache only with the main module for which it was made: the helper uses that of the commands.
 */
final class ResidentMain {
  private ResidentMain() {}

  public static void main(String[] args) {
    ServiceLoader.load(ResidentProcess.class).findFirst().orElseThrow().run(args);
  }
}
