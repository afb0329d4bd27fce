package dev.sessiontoken.http;

import dev.sessiontoken.spi.Printable;
import dev.sessiontoken.spi.SessionTokenException.BadAnswer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Unpacks answers that a server compressed though no compression was asked for. */
final class Compression {
  private static final String HINT = "none was asked for; is a proxy in between?";

  private Compression() {}

  /**
   * Returns a body without its compression.
   *
   * @param limit bytes that the unpacked body may have
   * @throws BadAnswer if the body is compressed twice, in another way than gzip, broken, or larger
   *     than the limit once unpacked
   */
  static byte[] decode(String step, HttpHeaders headers, byte[] body, int limit) throws BadAnswer {
    String how = String.join(", ", headers.allValues("Content-Encoding")).strip();
    return switch (how.toLowerCase(Locale.ROOT)) {
      case "", "identity" -> body;
      case "gzip", "x-gzip" -> gunzip(step, body, limit);
      default ->
          throw new BadAnswer(
              step, "the answer is compressed (" + Printable.of(how, 40) + ")", HINT, null);
    };
  }

  private static byte[] gunzip(String step, byte[] body, int limit) throws BadAnswer {
    try (var plain = new GZIPInputStream(new ByteArrayInputStream(body))) {
      byte[] bytes = plain.readNBytes(limit + 1);
      if (bytes.length <= limit) return bytes;
      throw new BadAnswer(
          step, "the answer is larger than " + limit + " bytes, once unpacked", HINT, null);
    } catch (IOException e) {
      throw new BadAnswer(step, "the answer is no proper gzip", HINT, e);
    }
  }
}
