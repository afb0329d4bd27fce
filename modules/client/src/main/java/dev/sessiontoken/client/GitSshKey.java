package dev.sessiontoken.client;

import dev.sessiontoken.http.Answer;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import jakarta.json.JsonString;

/**
 * The user's key pair for git over SSH. Fields as in coder's codersdk/agentsdk, {@code GitSSHKey}.
 *
 * @param publicKey one line as in {@code authorized_keys}, without a line end
 * @param privateKey PEM text with its line ends; never logged
 */
public record GitSshKey(String publicKey, String privateKey) {

  static GitSshKey read(Answer answer) throws BadAnswer {
    String publicKey = string(answer, "public_key").strip();
    String privateKey = string(answer, "private_key");
    boolean isKey = privateKey.startsWith("-----BEGIN ") && publicKey.lines().count() == 1;
    if (isKey) return new GitSshKey(publicKey, privateKey);
    throw new BadAnswer(
        answer.step(), "the answer holds no SSH key", "is this a Coder deployment?", null);
  }

  private static String string(Answer answer, String name) throws BadAnswer {
    return answer.json().get(name) instanceof JsonString string ? string.getString() : "";
  }

  /** Leaves the private key out. */
  @Override
  public String toString() {
    return "GitSshKey[" + publicKey + "]";
  }
}
