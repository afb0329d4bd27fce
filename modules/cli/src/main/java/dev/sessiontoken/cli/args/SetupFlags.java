package dev.sessiontoken.cli.args;

/** Flags of the commands that change another program's configuration. */
public final class SetupFlags {
  public static final Flag HOST =
      Flag.value("--host", "HOST", "", "for this host alone: github.com, https://host/path")
          .repeated();
  public static final Flag DRY_RUN =
      Flag.onOff("--dry-run", "", "", "say what would be done and do nothing");
  public static final Flag UNDO =
      Flag.onOff("--undo", "", "", "take out the lines that this command has put in");

  private SetupFlags() {}
}
