package org.demarche.speaker;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.demarche.language.english.Folding;
import org.demarche.language.english.Lexicon;

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
    Lexicon lexicon = Lexicon.english();
    List<String> words = new ArrayList<>();
    for (String piece : split(printed)) {
      String word = Folding.fold(piece);
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    if (words.isEmpty()) {
      return Optional.empty();
    }
    int from = 0;
    while (from < words.size() - 1
        && (words.get(from).equals("the") || (lexicon.of(words.get(from)) & Lexicon.TITLE) != 0)) {
      from++;
    }
    int to = words.size();
    while (to > from + 1 && (lexicon.of(words.get(to - 1)) & Lexicon.SUFFIX) != 0) {
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
    long bits = Lexicon.english().of(first());
    return words.size() > 1 && (bits & Lexicon.GIVEN) != 0 ? Gender.of(bits) : Gender.OPEN;
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
