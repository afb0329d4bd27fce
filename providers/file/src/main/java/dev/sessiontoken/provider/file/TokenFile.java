package dev.sessiontoken.provider.file;

import dev.sessiontoken.spi.ProviderContext;
import dev.sessiontoken.spi.ProviderOption;
import dev.sessiontoken.spi.SessionToken;
import dev.sessiontoken.spi.SessionTokenException.NotConfigured;
import dev.sessiontoken.spi.SessionTokenProvider;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the session token from the file that {@code --agent-token-file} or {@code
 * CODER_AGENT_TOKEN_FILE} names. The file is read at each call, so a token that another program
 * renews in it is found.
 *
 * <p>The file holds the token alone, in UTF-8, with or without white space, a byte order mark,
 * quotation marks or {@code CODER_AGENT_TOKEN=} around it, in 64 KiB at most. {@link #obtain}
 * blocks until the file is read; a pipe without a writer blocks it for ever.
 */
public final class TokenFile implements SessionTokenProvider {
  /** A file for {@code env} or Docker names the token by the variable that would hold it. */
  private static final String VARIABLE = "CODER_AGENT_TOKEN";

  private static final int MAX_BYTES = 64 * 1024;
  private static final ProviderOption FILE =
      ProviderOption.plain(
          "agent-token-file", "CODER_AGENT_TOKEN_FILE", "a file that holds the agent's token");

  @Override
  public String name() {
    return "token-file";
  }

  @Override
  public List<ProviderOption> options() {
    return List.of(FILE);
  }

  @Override
  public SessionToken obtain(ProviderContext context) throws NotConfigured {
    String name = context.option(FILE.name()).orElse("");
    if (name.isEmpty()) {
      throw new NotConfigured(
          "read the token file",
          "none is named",
          "set CODER_AGENT_TOKEN_FILE or give --agent-token-file",
          null);
    }
    return SessionToken.of(token(name));
  }

  private static String token(String name) throws NotConfigured {
    String content = text(name, bytes(name)).strip();
    if (content.lines().count() > 1) throw refused(name, "it has more than one line", null);
    String text = unwrapped(name, content);
    if (text.isEmpty()) throw refused(name, "it is empty", null);
    if (!SessionToken.isSane(text)) {
      throw refused(name, "it holds white space or characters that no token has", null);
    }
    return text;
  }

  private static String unwrapped(String name, String content) throws NotConfigured {
    try {
      return SessionToken.unwrap(content, VARIABLE);
    } catch (IllegalArgumentException e) {
      throw refused(name, String.valueOf(e.getMessage()), null);
    }
  }

  private static byte[] bytes(String name) throws NotConfigured {
    try {
      var path = Path.of(name);
      if (Files.isDirectory(path)) throw refused(name, "it is a directory", null);
      try (InputStream in = Files.newInputStream(path)) { // not by its size: a pipe has none
        byte[] bytes = in.readNBytes(MAX_BYTES + 1);
        if (bytes.length > MAX_BYTES) throw refused(name, "it is larger than 64 KiB", null);
        return bytes;
      }
    } catch (NoSuchFileException e) {
      throw refused(name, "there is no such file", e);
    } catch (AccessDeniedException e) {
      throw refused(name, "this user may not read it", e);
    } catch (InvalidPathException e) {
      throw refused(name, "that is no file name", e);
    } catch (IOException e) {
      throw refused(name, "it cannot be read", e);
    }
  }

  private static String text(String name, byte[] bytes) throws NotConfigured {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      if (text.indexOf('\0') < 0) return text;
      throw refused(name, "it is binary", null);
    } catch (CharacterCodingException e) {
      throw refused(name, "it is binary: no UTF-8 text", null);
    }
  }

  private static NotConfigured refused(String name, String problem, @Nullable Throwable cause) {
    return new NotConfigured(
        "read the token file " + name,
        problem,
        "CODER_AGENT_TOKEN_FILE or --agent-token-file names a file that holds the token alone",
        cause);
  }
}
