package org.demarche.text;

import static java.lang.Character.isSurrogate;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.demarche.text.TextQuality.DAMAGED;
import static org.demarche.text.TextQuality.ENTITIES;
import static org.demarche.text.TextQuality.INVISIBLE;
import static org.demarche.text.TextQuality.MARKUP;
import static org.demarche.text.TextQuality.MOJIBAKE;

import java.lang.Character.UnicodeScript;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Locale;
import org.jsoup.parser.Parser;
import org.jsoup.parser.Tag;

/**
 * Cleans a text once, from its start to its end; {@link CleanText} repeats it. Anything that may be
 * intended is left alone: {@code AT&T}, {@code a < b}, {@code “Å”}.
 */
final class TextCleaner {

  /** The longest name of an entity or tag that is looked up. */
  private static final int LONGEST_NAME = 32;

  /** U+FFFD stands for a character that was lost when bytes were decoded. */
  private static final char LOST = '\uFFFD';

  /** The characters of windows-1252 from byte 0x80 to 0x9F. */
  private static final String HIGH = high();

  /** Marks that can follow a capital letter of a clean text. */
  private static final String MARKS = "‘’“”–—…«»\u00A0";

  private final String in;
  private final StringBuilder out;
  private final int[] starts;
  private final int[] ends;
  private TextQuality quality = TextQuality.CLEAN;
  private boolean changed;

  /** Where the last comment and the last script end, so that an end is not searched in vain. */
  private final int lastComment;

  private final int lastScript;
  private final int lastStyle;

  /** Whether the last lost quotation mark that was put back was an opening one. */
  private boolean open;

  private TextCleaner(String in) {
    this.in = in;
    out = new StringBuilder(in.length());
    starts = new int[in.length()];
    ends = new int[in.length()];
    lastComment = in.lastIndexOf("-->");
    lastScript = in.lastIndexOf("</script");
    lastStyle = in.lastIndexOf("</style");
  }

  private static String high() {
    byte[] bytes = new byte[0x20];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (0x80 + i);
    }
    return new String(bytes, Charset.forName("windows-1252"));
  }

  /** Returns the cleaner form of {@code text}; without offsets if nothing was replaced. */
  static CleanText clean(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isSuspect(text.charAt(i))) {
        return new TextCleaner(text).run();
      }
    }
    return new CleanText(text, TextQuality.CLEAN, null, null);
  }

  /** Returns whether something that has to be replaced may begin with {@code c}. */
  private static boolean isSuspect(char c) {
    if (c < 0x80) {
      return c == '&' || c == '<';
    }
    return c < 0x2000 ? "ÂÃÄÅâïð\u00AD".indexOf(c) >= 0 : isInvisible(c) || c == LOST;
  }

  private static boolean isInvisible(char c) {
    return c == '\u00AD'
        || c >= '\u200B' && c <= '\u200F'
        || c >= '\u202A' && c <= '\u202E'
        || c >= '\u2060' && c <= '\u2069'
        || c == '\uFEFF';
  }

  private CleanText run() {
    for (int at = 0; at < in.length(); ) {
      int end = isSuspect(in.charAt(at)) ? replace(at) : at;
      if (end == at) {
        end = at + 1;
        starts[out.length()] = at;
        ends[out.length()] = end;
        out.append(in.charAt(at));
      }
      at = end;
    }
    int length = out.length();
    return changed
        ? new CleanText(
            out.toString(), quality, Arrays.copyOf(starts, length), Arrays.copyOf(ends, length))
        : new CleanText(in, quality, null, null);
  }

  /**
   * Replaces what begins at {@code at} if it has to be replaced.
   *
   * @return the offset after it; {@code at} if it stays
   */
  private int replace(int at) {
    char c = in.charAt(at);
    return switch (c) {
      case '&' -> entity(at);
      case '<' -> in.startsWith("<!--", at) ? comment(at) : tag(at);
      case LOST -> lost(at);
      default -> isInvisible(c) ? invisible(at) : mojibake(at);
    };
  }

  private void put(int start, int end, String replacement) {
    for (int i = 0; i < replacement.length(); i++) {
      starts[out.length()] = start;
      ends[out.length()] = end;
      out.append(replacement.charAt(i));
    }
  }

  /** Replaces the characters from {@code start} to {@code end}, which is returned. */
  private int put(int start, int end, String replacement, TextQuality found) {
    put(start, end, replacement);
    quality = quality.or(found);
    changed = true;
    return end;
  }

  private int entity(int at) {
    int end = at + 1;
    while (end < in.length() && (in.charAt(end) == '#' || isNameCharacter(in.charAt(end)))) {
      if (++end - at > LONGEST_NAME) {
        return at;
      }
    }
    if (end == in.length() || in.charAt(end) != ';' || end == at + 1) {
      return at;
    }
    end++;
    String decoded = Parser.unescapeEntities(in.substring(at, end), false);
    // The parser also decodes the beginning of "&ampx;", and half a character, such as "&#xD800;".
    boolean isWhole =
        decoded.length() == 1 && decoded.charAt(0) != LOST && !isSurrogate(decoded.charAt(0))
            || decoded.length() == 2;
    return isWhole ? put(at, end, decoded, ENTITIES) : at;
  }

  private static boolean isNameCharacter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private int comment(int at) {
    return lastComment < at + 4 ? at : put(at, in.indexOf("-->", at + 4) + 3, "", MARKUP);
  }

  private int tag(int at) {
    int first = in.startsWith("</", at) ? at + 2 : at + 1;
    int limit = first;
    while (limit < in.length() && isNameCharacter(in.charAt(limit))) {
      if (++limit - first > LONGEST_NAME) {
        return at;
      }
    }
    String name = in.substring(first, limit).toLowerCase(Locale.ROOT);
    int close = limit;
    while (close < in.length() && in.charAt(close) != '>' && in.charAt(close) != '<') {
      close++;
    }
    if (close == in.length() || in.charAt(close) == '<' || !Tag.isKnownTag(name)) {
      return at;
    }
    String attributes = in.substring(limit, close).strip();
    if (!attributes.isEmpty() && !attributes.equals("/") && attributes.indexOf('=') < 0) {
      return at; // "a <b and c> d"
    }
    int end = close + 1;
    if (first == at + 1 && name.equals("script") && lastScript >= end) {
      end = in.indexOf("</script", end);
    } else if (first == at + 1 && name.equals("style") && lastStyle >= end) {
      end = in.indexOf("</style", end);
    }
    // A paragraph is followed by an empty line, as in texts that are wrapped at a fixed width.
    String space = name.equals("br") ? "\n" : Tag.valueOf(name).isBlock() ? "\n\n" : "";
    return put(at, end, space, MARKUP);
  }

  /** Leaves out an invisible character, unless it joins letters of a script that needs it. */
  private int invisible(int at) {
    char before = at == 0 ? ' ' : in.charAt(at - 1);
    return switch (UnicodeScript.of(before)) {
      case LATIN, COMMON, INHERITED ->
          before == '\uFE0F' ? at : put(at, at + 1, "", INVISIBLE); // inside an emoji
      default -> at;
    };
  }

  private int mojibake(int at) {
    char lead = in.charAt(at);
    int length = lead == 'ð' ? 4 : lead == 'â' || lead == 'ï' ? 3 : 2;
    byte[] bytes = new byte[length];
    int read = 0;
    while (read < length && at + read < in.length()) {
      int value = byteOf(in.charAt(at + read));
      if (value < 0 || read > 0 && value >> 6 != 2) {
        break;
      }
      bytes[read++] = (byte) value;
    }
    if (read == length) {
      String decoded = new String(bytes, UTF_8);
      return isMeant(at, lead, decoded) ? put(at, at + length, decoded, MOJIBAKE) : at;
    }
    if (in.startsWith("â€", at)) { // the third byte of ” has no character in windows-1252
      int end = at + (charAt(at + 2) == LOST ? 3 : 2);
      return Character.isLetterOrDigit(charAt(end)) ? at : put(at, end, "”", MOJIBAKE);
    }
    // What is left of a no-break space, whose second byte became a space.
    boolean isAlone = lead == 'Â' && charAt(at + 1) == ' ' && !Character.isLetter(charAt(at - 1));
    return isAlone ? put(at, at + 1, "", MOJIBAKE) : at;
  }

  /** Returns the byte that windows-1252 has for {@code c}, or −1. */
  private static int byteOf(char c) {
    if (c <= 0xFF) {
      return c;
    }
    int high = c == LOST ? -1 : HIGH.indexOf(c);
    return high < 0 ? -1 : 0x80 + high;
  }

  /** Returns whether {@code decoded} is likelier than the characters that stand at {@code at}. */
  private boolean isMeant(int at, char lead, String decoded) {
    char c = decoded.charAt(0);
    return switch (lead) {
      case 'Â' -> c >= 0xA0;
      case 'Ã', 'Ä', 'Å' -> {
        // "Ã–" can be Ö or, after a word in capitals, what it looks like.
        boolean isInWord =
            Character.isLowerCase(charAt(at - 1)) || Character.isLetter(charAt(at + 2));
        yield c >= 0xC0 && c != LOST && (isInWord || MARKS.indexOf(in.charAt(at + 1)) < 0);
      }
      case 'â' -> c >= 0x2000 && c < 0x2C00; // punctuation, currencies, arrows, symbols
      case 'ï' -> c == '\uFEFF';
      default -> Character.isHighSurrogate(c);
    };
  }

  /** Puts back a lost quotation mark, apostrophe or dash where nothing else can have stood. */
  private int lost(int at) {
    quality = quality.or(DAMAGED);
    char before = charAt(at - 1);
    if (isOpening(at)) {
      open = hasClosing(at);
      return open ? put(at, at + 1, "“", DAMAGED) : at;
    }
    if (open && isClosing(at)) {
      open = false;
      return put(at, at + 1, "”", DAMAGED);
    }
    if (before == ' ' && charAt(at + 1) == ' ') {
      return put(at, at + 1, "–", DAMAGED);
    }
    return Character.isLetter(before) && isClitic(at + 1) ? put(at, at + 1, "’", DAMAGED) : at;
  }

  private boolean isOpening(int at) {
    return isSpace(charAt(at - 1)) && Character.isLetterOrDigit(charAt(at + 1));
  }

  private boolean isClosing(int at) {
    return !isSpace(charAt(at - 1)) && !Character.isLetterOrDigit(charAt(at + 1));
  }

  /** Returns whether a quotation that opens at {@code at} is closed in the same line. */
  private boolean hasClosing(int at) {
    for (int i = at + 1; i < in.length() && in.charAt(i) != '\n'; i++) {
      if (in.charAt(i) == LOST && (isOpening(i) || isClosing(i))) {
        return isClosing(i);
      }
    }
    return false;
  }

  /** Returns whether s, t, d, m, ll, re or ve stands at {@code at} and ends a word. */
  private boolean isClitic(int at) {
    int end = at;
    while (Character.isLetter(charAt(end))) {
      if (++end - at > 2) {
        return false;
      }
    }
    return end > at && " s t d m ll re ve ".contains(" " + in.substring(at, end) + " ");
  }

  /** Returns the character at {@code at}, a line break where the text has none. */
  private char charAt(int at) {
    return at < 0 || at >= in.length() ? '\n' : in.charAt(at);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || c == '\u00A0';
  }
}
