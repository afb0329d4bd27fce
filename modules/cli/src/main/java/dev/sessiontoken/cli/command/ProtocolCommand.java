package dev.sessiontoken.cli.command;

/** A command that another program calls, and that answers in that program's protocol. */
public interface ProtocolCommand extends Command {

  /**
   * Returns the answer to a failure of the command, wrong usage included.
   *
   * @param code how the command would end without a protocol
   * @param line the message, without secrets and line end; also goes to standard error, unless the
   *     answer has output and the status 0
   */
  Outcome failed(ExitCode code, String line);
}
