package dev.sessiontoken.spi;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Values that must not be shown, and their replacement in texts that are to be shown.
 *
 * <p>A value is found in any case, as a whole or in part (a server may have cut it), as it is or as
 * servers, proxies and libraries encode it: percent-encoded, with the escapes of JSON (some of its
 * characters, or of a word all), and in base64 at any of its three offsets.
 *
 * <p>Immutable and safe for any number of threads. No method blocks.
 */
public final class Secrets {
  /** Shorter values occur in ordinary words: replacing them would make messages unreadable. */
  private static final int SHORTEST = 4;

  /** Characters in a row by which a part of a token is recognised. */
  private static final int PART_OF_TOKEN = 8;

  /** The same for values that hold ordinary words: documents, texts with blanks. */
  private static final int PART_OF_TEXT = 16;

  private static final int LONGEST_TOKEN = 512;
  private static final String SHOWN = "[secret]";
  private static final int OFFSETS = 3; // of bytes in base64

  private final List<String> values;

  private Secrets(Collection<String> values) {
    var kept = new ArrayList<String>(values.size());
    for (String value : values) {
      if (value.length() >= SHORTEST && !kept.contains(value)) kept.add(value);
    }
    this.values = List.copyOf(kept);
  }

  /** Returns the given values as secrets; those of fewer than four characters are left out. */
  public static Secrets of(Collection<String> values) {
    return new Secrets(values);
  }

  /** Returns these secrets and one more; the same ones if it has fewer than four characters. */
  public Secrets and(String value) {
    var more = new ArrayList<>(values);
    more.add(value);
    return new Secrets(more);
  }

  /** Returns the text with each secret, and each part of one, replaced by {@code [secret]}. */
  public String hide(String text) {
    if (values.isEmpty() || text.length() < SHORTEST) return text;
    String folded = text.toLowerCase(Locale.ROOT);
    if (folded.length() != text.length()) folded = text; // letters whose lower case is longer
    var covered = new boolean[text.length()];
    for (String value : values) cover(value, folded, covered);
    return replaced(text, covered);
  }

  private static void cover(String value, String text, boolean[] covered) {
    int part = isToken(value) ? PART_OF_TOKEN : PART_OF_TEXT;
    for (String form : forms(value)) {
      if (form.length() <= part) coverWhole(form, text, covered);
      else coverParts(form, part, text, covered);
    }
  }

  private static void coverWhole(String form, String text, boolean[] covered) {
    for (int at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
      for (int i = at; i < at + form.length(); i++) covered[i] = true;
    }
  }

  private static void coverParts(String form, int length, String text, boolean[] covered) {
    var parts = new HashSet<String>();
    for (int i = 0; i + length <= form.length(); i++) parts.add(form.substring(i, i + length));
    for (int at = 0; at + length <= text.length(); at++) {
      if (!parts.contains(text.substring(at, at + length))) continue;
      for (int i = at; i < at + length; i++) covered[i] = true;
    }
  }

  private static String replaced(String text, boolean[] covered) {
    var shown = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      if (!covered[i]) shown.append(text.charAt(i));
      else if (i == 0 || !covered[i - 1]) shown.append(SHOWN);
    }
    return shown.toString();
  }

  /** Tokens are one word with a digit; other values may hold words of ordinary messages. */
  private static boolean isToken(String value) {
    boolean isWord = value.chars().noneMatch(c -> c <= ' ' || c == '{' || c == '"');
    return isWord && value.length() <= LONGEST_TOKEN && value.chars().anyMatch(Character::isDigit);
  }

  /** Returns the forms in which a value may come back, in lower case. */
  private static Set<String> forms(String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    var forms = new HashSet<>(List.of(value, percentEncoded(bytes), jsonEscaped(value)));
    for (int offset = 0; offset < OFFSETS; offset++) forms.add(base64(bytes, offset));
    if (isToken(value)) {
      forms.add(eachEscaped("%", bytes));
      forms.add(eachEscaped("\\u00", bytes));
    }
    var folded = new HashSet<String>();
    for (String form : forms) {
      String lower = form.toLowerCase(Locale.ROOT);
      if (lower.length() < SHORTEST) continue;
      folded.add(lower);
      folded.add(lower.replace('+', '-').replace('/', '_')); // the alphabet of base64url
    }
    return folded;
  }

  /** Escapes also what needs no escape: a server may do so, and readers undo it easily. */
  private static String eachEscaped(String mark, byte[] bytes) {
    var escaped = new StringBuilder();
    for (byte b : bytes) escaped.append(mark).append(HexFormat.of().toHexDigits(b));
    return escaped.toString();
  }

  private static String percentEncoded(byte[] bytes) {
    var encoded = new StringBuilder();
    for (byte b : bytes) {
      boolean isKept = b > 0 && (Character.isLetterOrDigit(b) || "-._~".indexOf(b) >= 0);
      if (isKept) encoded.append((char) b);
      else encoded.append(String.format(Locale.ROOT, "%%%02X", b));
    }
    return encoded.toString();
  }

  /** Escapes as Go's encoder does, which also escapes {@code <}, {@code >} and {@code &}. */
  private static String jsonEscaped(String value) {
    var escaped = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"', '\\' -> escaped.append('\\').append(c);
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        case '<', '>', '&' -> escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /** Returns the characters of base64 that depend on the value alone, at an offset of its bytes. */
  private static String base64(byte[] bytes, int offset) {
    var shifted = new byte[offset + bytes.length];
    System.arraycopy(bytes, 0, shifted, offset, bytes.length);
    String encoded = Base64.getEncoder().withoutPadding().encodeToString(shifted);
    int start = offset == 0 ? 0 : offset + 1;
    int end = shifted.length % OFFSETS == 0 ? encoded.length() : encoded.length() - 1;
    return start < end ? encoded.substring(start, end) : "";
  }

  /** Leaves the values out. */
  @Override
  public String toString() {
    return "Secrets[" + values.size() + "]";
  }
}
