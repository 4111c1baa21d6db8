package org.demarche.ingest;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Recognises the encoding of a file by its bytes. */
final class Encodings {

  /** The value of the setting for finding the encoding of each file. */
  static final String AUTO = "auto";

  static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /**
   * What browsers read where these are declared: larger sets of characters, which those who declare
   * the smaller ones use (WHATWG, <em>Encoding Standard</em>).
   */
  private static final Map<String, String> WIDER =
      Map.ofEntries(
          Map.entry("ascii", "windows-1252"),
          Map.entry("us-ascii", "windows-1252"),
          Map.entry("iso-8859-1", "windows-1252"),
          Map.entry("iso8859-1", "windows-1252"),
          Map.entry("latin1", "windows-1252"),
          Map.entry("iso-8859-9", "windows-1254"),
          Map.entry("latin5", "windows-1254"),
          Map.entry("iso-8859-11", "x-windows-874"),
          Map.entry("tis-620", "x-windows-874"),
          Map.entry("gb2312", "GB18030"),
          Map.entry("gb_2312-80", "GB18030"),
          Map.entry("gbk", "GB18030"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("euc-kr", "x-windows-949"),
          Map.entry("ks_c_5601-1987", "x-windows-949"),
          Map.entry("big5", "Big5-HKSCS"));

  /** Guesses below this are useless; the detector's scale ends at 100. */
  private static final int LEAST_CONFIDENCE = 20;

  /** UTF-16 is certain only if one in this many pairs of bytes is a Latin letter or a space. */
  private static final int PAIRS_PER_LATIN = 20;

  /** How many times more often the high byte of a pair must be zero than the low byte. */
  private static final int ONE_SIDED = 10;

  private Encodings() {}

  /** A byte order mark at the beginning of a file: the encoding it stands for, and its length. */
  record Mark(Charset encoding, int bytes) {}

  /**
   * Returns the encoding that a setting names; empty for {@code auto}.
   *
   * @throws IllegalArgumentException if there is no such encoding
   */
  static Optional<Charset> named(String name) {
    String plain = name.strip();
    return plain.equalsIgnoreCase(AUTO) ? Optional.empty() : Optional.of(Charset.forName(plain));
  }

  /**
   * Returns the encoding that a document or server declares for bytes that are not UTF-8, as
   * browsers understand it.
   *
   * @return empty if there is no such encoding, or it is one of UTF
   */
  static Optional<Charset> ofWeb(String name) {
    String known = WIDER.getOrDefault(name.toLowerCase(Locale.ROOT), name);
    try {
      return known.toUpperCase(Locale.ROOT).startsWith("UTF") || !Charset.isSupported(known)
          ? Optional.empty()
          : Optional.of(Charset.forName(known));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the byte order mark that {@code head} begins with, if any. */
  static Optional<Mark> mark(byte[] head) {
    if (begins(head, 0xEF, 0xBB, 0xBF)) {
      return Optional.of(new Mark(StandardCharsets.UTF_8, 3));
    } else if (begins(head, 0xFF, 0xFE, 0, 0)) {
      return Optional.of(new Mark(Charset.forName("UTF-32LE"), 4));
    } else if (begins(head, 0, 0, 0xFE, 0xFF)) {
      return Optional.of(new Mark(Charset.forName("UTF-32BE"), 4));
    } else if (begins(head, 0xFF, 0xFE)) {
      return Optional.of(new Mark(StandardCharsets.UTF_16LE, 2));
    } else if (begins(head, 0xFE, 0xFF)) {
      return Optional.of(new Mark(StandardCharsets.UTF_16BE, 2));
    }
    return Optional.empty();
  }

  private static boolean begins(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= head.length || (head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Returns UTF-16LE or UTF-16BE if {@code head} is certainly in it, although it has no byte order
   * mark. In UTF-16, Latin letters, digits and spaces have a zero in every other byte.
   */
  static Optional<Charset> unmarkedUtf16(byte[] head) {
    int pairs = head.length / 2;
    int[] zeros = new int[2];
    for (int i = 0; i < 2 * pairs; i++) {
      if (head[i] == 0) {
        zeros[i % 2]++;
      }
    }
    int side = zeros[1] > zeros[0] ? 1 : 0;
    if (pairs == 0
        || zeros[side] * PAIRS_PER_LATIN < pairs
        || zeros[1 - side] * ONE_SIDED > zeros[side]) {
      return Optional.empty();
    }
    Charset encoding = side == 1 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    // The head may end in the middle of a surrogate pair.
    CharBuffer text = CharBuffer.allocate(pairs);
    boolean sound =
        !encoding.newDecoder().decode(ByteBuffer.wrap(head, 0, 2 * pairs), text, false).isError();
    return sound && text.flip().chars().allMatch(Encodings::isOfText)
        ? Optional.of(encoding)
        : Optional.empty();
  }

  private static boolean isOfText(int c) {
    return switch (Character.getType(c)) {
      case Character.UNASSIGNED, Character.PRIVATE_USE -> false;
      case Character.CONTROL -> c == '\n' || c == '\r' || c == '\t' || c == '\f';
      default -> true;
    };
  }

  /**
   * Returns whether ASCII is the same in {@code encoding} and every other character begins with a
   * byte that is not ASCII, so that line ends can be found before decoding.
   */
  static boolean extendsAscii(Charset encoding) {
    byte[] ascii = new byte['~' - ' ' + 1];
    for (int i = 0; i < ascii.length; i++) {
      ascii[i] = (byte) (' ' + i);
    }
    if (!new String(ascii, encoding).equals(new String(ascii, StandardCharsets.US_ASCII))) {
      return false;
    }
    return !encoding.canEncode()
        || "é日жλ"
            .codePoints()
            .mapToObj(Character::toString)
            .filter(encoding.newEncoder()::canEncode)
            .allMatch(character -> character.getBytes(encoding)[0] < 0);
  }

  static boolean isUtf8(byte[] bytes, int start, int end) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, start, end - start));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Guesses the encoding of bytes that are not UTF-8, and returns its name. */
  static Optional<String> looksLike(byte[] bytes, int start, int end) {
    CharsetDetector detector = new CharsetDetector();
    detector.setText(Arrays.copyOfRange(bytes, start, end));
    for (CharsetMatch match : detector.detectAll()) {
      String name = match.getName();
      if (match.getConfidence() >= LEAST_CONFIDENCE
          && !name.equals("UTF-8")
          && Charset.isSupported(name)) {
        // The Windows encodings only add characters to these, such as quotation marks.
        return Optional.of(
            switch (name) {
              case "ISO-8859-1" -> "windows-1252";
              case "ISO-8859-9" -> "windows-1254";
              default -> name;
            });
      }
    }
    return Optional.empty();
  }

  /**
   * Returns whether bytes that are not UTF-8 are certainly windows-1252. Only characters that have
   * the same byte in every Windows encoding of a Latin script count as proof, and each must stand
   * where such a character can stand; the same byte in an older encoding (Mac, DOS) would not.
   */
  static boolean isCertainlyWindows1252(String decoded) {
    int proofs = 0;
    int open = 0;
    for (int i = 0; i < decoded.length(); i++) {
      char c = decoded.charAt(i);
      if (c < 0x80) {
        continue;
      }
      char before = i == 0 || endsEscape(decoded, i) ? ' ' : decoded.charAt(i - 1);
      char after = i + 1 == decoded.length() ? ' ' : decoded.charAt(i + 1);
      switch (c) {
        case '“', '‘' -> {
          if (isWord(before) || Character.isWhitespace(after)) {
            return false;
          }
          open += c == '“' ? 1 : 0;
          proofs++;
        }
        case '”' -> {
          if (Character.isWhitespace(before) || isWord(after) || --open < 0) {
            return false;
          }
        }
        case '’' -> {
          if (isContraction(decoded, i)) {
            proofs++;
          } else if (Character.isWhitespace(before) && !Character.isDigit(after)
              || isWord(before) && isWord(after)) {
            return false;
          }
        }
        case 'ä', 'é', 'ó', 'ö', 'ü', 'ß' -> {
          if (!isAsciiLetter(before) && (c == 'ß' || !isAsciiLetter(after))) {
            return false;
          }
          proofs++;
        }
        case 'Ä', 'É', 'Ó', 'Ö', 'Ü' -> {
          if (!isAsciiLetter(after) || Character.isLowerCase(before)) {
            return false;
          }
          proofs++;
        }
        case '…', '–', '—', '•', '€', '«', '»', '°', '\u00A0' -> {
          // These can stand anywhere, so they prove nothing.
        }
        default -> {
          return false;
        }
      }
    }
    return proofs > 0;
  }

  /** Returns whether an escaped line break or tab of JSON ends before {@code at}. */
  private static boolean endsEscape(String text, int at) {
    return at > 1 && text.charAt(at - 2) == '\\' && "nrt".indexOf(text.charAt(at - 1)) >= 0;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c);
  }

  private static boolean isAsciiLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /** Returns whether the apostrophe at {@code at} is as in "don’t", "they’re" or "O’Brien". */
  private static boolean isContraction(String text, int at) {
    int end = at + 1;
    while (end < text.length() && isWord(text.charAt(end))) {
      end++;
    }
    int start = at;
    while (start > 0 && isWord(text.charAt(start - 1))) {
      start--;
    }
    String after = text.substring(at + 1, end);
    return start < at
        && (after.matches("(?i)s|t|d|m|re|ve|ll")
            || at - start == 1 && !after.isEmpty() && isAsciiLetter(text.charAt(start)));
  }
}
