package dev.sessiontoken.cli;

import dev.sessiontoken.http.Remedy;

/** Puts the names of flags and variables into messages of the libraries, which know none. */
final class FlagHints {
  private FlagHints() {}

  /** Returns a problem or hint with each part of {@link Remedy} replaced by the flag for it. */
  static String withFlags(String text) {
    return text.replace(Remedy.MORE_TIME, "--timeout allows more time")
        .replace(Remedy.TRUST, "name its certificate with --ca-file or CODER_CA_FILE")
        .replace(Remedy.CA_FILE, "--ca-file")
        .replace(Remedy.CLIENT_CERTIFICATE, "see --client-cert-file")
        .replace(Remedy.HEADER, "set --header or CODER_HEADER to")
        .replace(Remedy.AGENT_NAME, "say which one with --agent-name or CODER_AGENT_NAME");
  }
}
