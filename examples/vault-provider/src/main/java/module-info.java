import com.example.vault.VaultAppRole;
import dev.sessiontoken.spi.SessionTokenProvider;

/** Fetches the agent's token from HashiCorp Vault. */
module com.example.vault {
  requires com.fasterxml.jackson.jr.ob;
  requires dev.sessiontoken.spi;

  provides SessionTokenProvider with
      VaultAppRole;
}
