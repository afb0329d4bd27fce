package dev.sessiontoken.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.Base64;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.OpenSSHPrivateKeyUtil;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;

/**
 * An Ed25519 key pair in the forms in which coderd sends it.
 *
 * @param publicKey a line as in {@code authorized_keys}, without its end
 * @param privateKey in OpenSSH's PEM form
 */
public record SshKeyPair(String publicKey, String privateKey) {

  /** Makes a new pair. */
  public static SshKeyPair generate() {
    var key = new Ed25519PrivateKeyParameters(new SecureRandom());
    try {
      byte[] open = OpenSSHPublicKeyUtil.encodePublicKey(key.generatePublicKey());
      byte[] secret = OpenSSHPrivateKeyUtil.encodePrivateKey(key);
      return new SshKeyPair(
          "ssh-ed25519 " + Base64.getEncoder().encodeToString(open),
          "-----BEGIN OPENSSH PRIVATE KEY-----\n"
              + Base64.getMimeEncoder(70, new byte[] {'\n'}).encodeToString(secret)
              + "\n-----END OPENSSH PRIVATE KEY-----\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Leaves the private key out. */
  @Override
  public String toString() {
    return publicKey;
  }
}
