package dev.sessiontoken.http.tls;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;

/**
 * A certificate that is not decoded until a chain names it. Only the place of the subject's name is
 * known: of 140 authorities, a connection needs one or two.
 */
final class PemCertificate implements Der {
  private static final byte[] SEXTETS = sextets();

  private final byte[] text;
  private final int start;
  private final int chars;
  private final int line; // characters in a line, a multiple of four
  private final int gap; // characters between lines
  private final int subject;
  private final int subjectEnd;

  /**
   * Finds the subject's name.
   *
   * @throws IllegalArgumentException if the text is not base64 or not the beginning of a
   *     certificate
   */
  private PemCertificate(byte[] text, int start, int end, int line, int gap) {
    this.text = text;
    this.start = start;
    this.line = line;
    this.gap = gap;
    this.chars = end - start - (line == 0 ? 0 : (end - start - 1) / (line + gap) * gap);
    if (chars == 0 || chars % 4 != 0 || next(0) != size()) {
      throw new IllegalArgumentException("cut short");
    }
    int version = sequence(sequence(0));
    int serial = byteAt(version) == 0xa0 ? next(version) : version; // absent in X.509 version 1
    int issuer = next(next(serial));
    this.subject = next(next(issuer));
    this.subjectEnd = next(subject);
    sequence(subject);
  }

  /**
   * Returns the certificate of a block.
   *
   * @throws IllegalArgumentException if its beginning is broken; {@link #parse} checks the rest
   */
  static PemCertificate of(Pem.Block block) {
    int start = block.from();
    int end = block.to();
    while (start < end && Pem.isBlank(block.file()[start])) start++;
    while (start < end && Pem.isBlank(block.file()[end - 1])) end--;
    return of(block.file(), start, end);
  }

  /** Returns a parsed certificate in this form. */
  static PemCertificate of(X509Certificate certificate) throws CertificateException {
    var text = Base64.getEncoder().encode(certificate.getEncoded());
    return new PemCertificate(text, 0, text.length, text.length, 0);
  }

  private static PemCertificate of(byte[] text, int start, int end) {
    int line = start;
    while (line < end && !Pem.isBlank(text[line])) line++;
    int next = line;
    while (next < end && Pem.isBlank(text[next])) next++;
    if (isRegular(text, start, end, line - start, next - line)) {
      return new PemCertificate(text, start, end, line - start, next - line);
    }
    var compact = Pem.withoutBlanks(text, start, end);
    return new PemCertificate(compact, 0, compact.length, compact.length, 0);
  }

  /** Returns whether all lines have one length, so that the place of a byte can be computed. */
  private static boolean isRegular(byte[] text, int start, int end, int line, int gap) {
    if (line == 0 || line % 4 != 0) return false;
    for (int i = start + line; i < end; i += line + gap) {
      if (i + gap > end || text[i] > ' ' || text[i - 1] <= ' ' || text[i + gap] <= ' ')
        return false;
    }
    return true;
  }

  /** Returns whether the subject's name has exactly this encoding. */
  boolean isNamed(byte[] name) {
    if (subjectEnd - subject != name.length) return false;
    for (int i = name.length - 1;
        i >= 0;
        i--) { // from the end: distinguished names share long prefixes
      if (byteAt(subject + i) != (name[i] & 0xff)) return false;
    }
    return true;
  }

  /** Returns the DER encoding of the subject's name. */
  byte[] name() {
    var name = new byte[subjectEnd - subject];
    for (int i = 0; i < name.length; i++) name[i] = (byte) byteAt(subject + i);
    return name;
  }

  /**
   * Parses the whole certificate.
   *
   * @throws CertificateException if the certificate is broken
   */
  X509Certificate parse() throws CertificateException {
    try {
      var end = start + chars + (chars - 1) / line * gap;
      var bytes = Base64.getDecoder().decode(Pem.withoutBlanks(text, start, end));
      var factory = CertificateFactory.getInstance("X.509");
      return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(bytes));
    } catch (IllegalArgumentException e) {
      throw new CertificateException("not base64", e);
    }
  }

  @Override
  public int byteAt(int index) {
    int first = index + index / 3; // 3 bytes are 4 characters, and a byte spans 2 of them
    if (index < 0 || first >= chars) throw new IllegalArgumentException("cut short");
    int at = start + first + first / line * gap;
    int high = SEXTETS[text[at] & 0xff];
    int low = SEXTETS[text[at + 1] & 0xff];
    if ((high | low) < 0) throw new IllegalArgumentException("not base64");
    int shift = index % 3 * 2;
    return (high << (2 + shift) | low >> (4 - shift)) & 0xff;
  }

  /** Returns the number of bytes that the text encodes. */
  private int size() {
    int last = start + chars - 1 + (chars - 1) / line * gap;
    int padding = text[last] != '=' ? 0 : text[last - 1] != '=' ? 1 : 2;
    return chars / 4 * 3 - padding;
  }

  private static byte[] sextets() {
    var sextets = new byte[256];
    Arrays.fill(sextets, (byte) -1);
    for (char c = 'A'; c <= 'Z'; c++) sextets[c] = (byte) (c - 'A');
    for (char c = 'a'; c <= 'z'; c++) sextets[c] = (byte) (c - 'a' + 26);
    for (char c = '0'; c <= '9'; c++) sextets[c] = (byte) (c - '0' + 52);
    sextets['+'] = 62;
    sextets['/'] = 63;
    sextets['='] = 0; // padding
    return sextets;
  }
}
