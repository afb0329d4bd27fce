/**
 * Commands for git: askpass, credential helper, ssh, and the set-up of git.
 *
 * <p>Begin with {@link dev.sessiontoken.cli.git.GitAskPass}. A flag of a git command is a constant
 * of its class. {@link dev.sessiontoken.cli.git.GitPrompt} and {@link
 * dev.sessiontoken.cli.git.CredentialRequest} read what git sends.
 */
package dev.sessiontoken.cli.git;
