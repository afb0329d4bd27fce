/**
 * Commands for git: askpass, credential helper, ssh, and the set-up of git.
 *
 * <p>Begin with {@link dev.sessiontoken.cli.git.GitAskPass}. A flag of one command is a constant of
 * its class; flags that commands share are in {@code agent}. {@link
 * dev.sessiontoken.cli.git.GitPrompt} and {@link dev.sessiontoken.cli.git.CredentialRequest} read
 * what git sends; {@code GitLogin} chooses user name and password of the answer.
 */
package dev.sessiontoken.cli.git;
