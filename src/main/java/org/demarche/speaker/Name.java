package org.demarche.speaker;

import java.io.Serializable;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The words of a name, folded so that two ways of printing it become equal: case, diacritics,
 * punctuation, possessives, titles before it ({@code Dr.}) and suffixes behind it ({@code Jr.},
 * {@code III}) make no difference.
 *
 * @param words the folded words in order, never empty
 */
public record Name(List<String> words) implements Serializable {

  public Name {
    words = List.copyOf(words);
    if (words.isEmpty()) {
      throw new IllegalArgumentException("A name needs at least one word");
    }
  }

  /**
   * Reads a name as printed.
   *
   * @throws IllegalArgumentException if {@code printed} has neither letter nor digit
   */
  public static Name of(String printed) {
    return read(printed)
        .orElseThrow(() -> new IllegalArgumentException("'" + printed + "' is no name"));
  }

  /** Reads a name as printed; empty if {@code printed} has neither letter nor digit. */
  public static Optional<Name> read(String printed) {
    WordLists lists = WordLists.bundled();
    List<String> words = new ArrayList<>();
    for (String piece : split(printed)) {
      String word = fold(piece);
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    if (words.isEmpty()) {
      return Optional.empty();
    }
    int from = 0;
    while (from < words.size() - 1
        && (words.get(from).equals("the") || (lists.of(words.get(from)) & WordLists.TITLE) != 0)) {
      from++;
    }
    int to = words.size();
    while (to > from + 1 && (lists.of(words.get(to - 1)) & WordLists.SUFFIX) != 0) {
      to--;
    }
    return Optional.of(new Name(words.subList(from, to)));
  }

  /** Returns the words joined by single spaces. */
  public String folded() {
    return String.join(" ", words);
  }

  /**
   * Returns what identifies the bearer across articles: the words without initials between the
   * first and the last, so that {@code Edna R. Quill} and {@code Edna Quill} are one.
   */
  public String key() {
    if (words.size() < 3) {
      return folded();
    }
    List<String> kept = new ArrayList<>(words.size());
    for (int i = 0; i < words.size(); i++) {
      if (i == 0 || i == words.size() - 1 || words.get(i).length() > 1) {
        kept.add(words.get(i));
      }
    }
    return String.join(" ", kept);
  }

  /** Returns the first word, most often the given name. */
  public String first() {
    return words.get(0);
  }

  /** Returns the last word, most often the surname. */
  public String last() {
    return words.get(words.size() - 1);
  }

  /**
   * Returns whether both can name one person: the same words, or the same last word and first words
   * that are equal or of which one is the initial of the other.
   */
  public boolean agrees(Name other) {
    if (words.equals(other.words)) {
      return true;
    }
    if (words.size() < 2 || other.words.size() < 2 || !last().equals(other.last())) {
      return false;
    }
    String mine = first();
    String theirs = other.first();
    return mine.equals(theirs)
        || (mine.length() == 1 && theirs.startsWith(mine))
        || (theirs.length() == 1 && mine.startsWith(theirs));
  }

  /**
   * Returns the most usual gender of the given name, {@link Gender#OPEN} where it is not known or
   * borne by both.
   */
  Gender gender() {
    int bits = WordLists.bundled().of(first());
    return words.size() > 1 && (bits & WordLists.GIVEN) != 0 ? WordLists.gender(bits) : Gender.OPEN;
  }

  /**
   * Folds one word: lower case, no diacritics, no possessive, no full stops, straight apostrophes.
   *
   * @return the folded word, empty when it has neither letter nor digit
   */
  static String fold(String word) {
    // Most words are plain ASCII: one pass, no string but the result.
    int length = word.length();
    char[] kept = new char[length];
    int size = 0;
    boolean same = true;
    for (int i = 0; i < length; i++) {
      char c = word.charAt(i);
      if (c >= 0x80) {
        return foldAny(word);
      }
      if (c >= 'A' && c <= 'Z') {
        kept[size++] = (char) (c + 32);
        same = false;
      } else if ((c >= 'a' && c <= 'z')
          || (c >= '0' && c <= '9')
          || (isJoint(c) && i > 0 && i < length - 1)) {
        kept[size++] = c;
      } else {
        same = false;
      }
    }
    if (size > 1 && length > 1 && kept[size - 1] == 's' && word.charAt(length - 2) == '\'') {
      size -= size > 1 && kept[size - 2] == '\'' ? 2 : 1;
      same = false;
    }
    return same ? word : new String(kept, 0, size);
  }

  private static String foldAny(String word) {
    String straight = word.replace('’', '\'').replace('‘', '\'').replace('ʼ', '\'');
    String bare = withoutDiacritics(straight).toLowerCase(Locale.ROOT);
    if (bare.endsWith("'s")) {
      bare = bare.substring(0, bare.length() - 2);
    }
    StringBuilder kept = new StringBuilder(bare.length());
    for (int i = 0; i < bare.length(); i++) {
      char c = bare.charAt(i);
      if (Character.isLetterOrDigit(c) || (isJoint(c) && i > 0 && i < bare.length() - 1)) {
        kept.append(c);
      }
    }
    return kept.toString();
  }

  /** Returns whether {@code c} belongs to a word when it stands inside. */
  private static boolean isJoint(char c) {
    return c == '\'' || c == '-' || c == '&';
  }

  private static String withoutDiacritics(String word) {
    boolean ascii = true;
    for (int i = 0; i < word.length() && ascii; i++) {
      ascii = word.charAt(i) < 0x80;
    }
    if (ascii) {
      return word;
    }
    String apart = Normalizer.normalize(word, Normalizer.Form.NFD);
    StringBuilder kept = new StringBuilder(apart.length());
    for (int i = 0; i < apart.length(); i++) {
      char c = apart.charAt(i);
      if (Character.getType(c) == Character.NON_SPACING_MARK) {
        continue;
      }
      // Letters which carry their stroke inside do not come apart.
      switch (c) {
        case 'ø', 'Ø' -> kept.append('o');
        case 'ł', 'Ł' -> kept.append('l');
        case 'đ', 'Đ' -> kept.append('d');
        case 'ı' -> kept.append('i');
        case 'ß' -> kept.append("ss");
        case 'æ', 'Æ' -> kept.append("ae");
        default -> kept.append(c);
      }
    }
    return kept.toString();
  }

  private static List<String> split(String printed) {
    List<String> pieces = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= printed.length(); i++) {
      boolean gap = i == printed.length() || isGap(printed.charAt(i));
      if (gap && start >= 0) {
        pieces.add(printed.substring(start, i));
        start = -1;
      } else if (!gap && start < 0) {
        start = i;
      }
    }
    return pieces;
  }

  private static boolean isGap(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == ',' || c == ';';
  }
}
