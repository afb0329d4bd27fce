package dev.sessiontoken.testkit.tls;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;

/** Makes key pairs. Each call makes a new one; an RSA key of 4096 bits takes about a second. */
public final class KeyPairs {
  private KeyPairs() {}

  /**
   * A pair on an elliptic curve.
   *
   * @param curve by its JDK name: {@code secp256r1} (P-256), {@code secp384r1}, {@code secp521r1}
   * @throws IllegalStateException if the JDK has no such curve
   */
  public static KeyPair ec(String curve) {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec(curve));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A pair on P-256, the curve of most server certificates. */
  public static KeyPair p256() {
    return ec("secp256r1");
  }

  /**
   * An RSA pair.
   *
   * @param bits length of the modulus, 512 or more
   */
  public static KeyPair rsa(int bits) {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An Ed25519 pair. */
  public static KeyPair ed25519() {
    try {
      return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
