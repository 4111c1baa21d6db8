package org.demarche.language.english;

import java.util.HashSet;
import java.util.Set;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/** Tells how the words of an article are written: with a capital, in a headline and so on. */
final class Shapes {

  /** The word starts with a capital, or with a letter of a script without case. */
  static final byte UPPER = 1;

  static final byte LOWER = 1 << 1;

  /** The letters of the word are all capitals. */
  static final byte CAPITALS = 1 << 2;

  static final byte DIGIT = 1 << 3;

  /** The word opens a sentence or quotation, where a capital does not show a name. */
  static final byte OPENS = 1 << 4;

  /** The word is in a headline, where a capital does not show a name. */
  static final byte HEADLINE = 1 << 5;

  /** A shorter line can be a name alone. */
  private static final int FEWEST_WORDS = 5;

  /** An article with fewer words can be a headline alone. */
  private static final int SHORTEST_WIRE = 12;

  private final Tokens tokens;
  private final long[] classes;
  private final byte[] shapes;

  private Shapes(Tokens tokens, long[] classes) {
    this.tokens = tokens;
    this.classes = classes;
    this.shapes = new byte[tokens.size()];
  }

  /**
   * Returns the bits above for each token.
   *
   * @param classes the classes of each token in the {@link Lexicon}
   */
  static byte[] of(Tokens tokens, long[] classes) {
    Shapes shapes = new Shapes(tokens, classes);
    for (int i = 0; i < classes.length; i++) {
      shapes.shapes[i] = shapes.letters(i);
    }
    if (isShouted(tokens)) {
      shapes.recase();
    }
    for (int sentence = 0; sentence < tokens.sentences(); sentence++) {
      shapes.mark(tokens.sentenceStart(sentence), tokens.sentenceEnd(sentence));
    }
    return shapes.shapes;
  }

  /** Returns whether the whole article is in capitals, as old wires are. */
  static boolean isShouted(Tokens tokens) {
    int words = 0;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.is(i, Type.WORD)) {
        if (Character.isLowerCase(tokens.first(i)) || Character.isLowerCase(tokens.last(i))) {
          return false;
        }
        words++;
      }
    }
    return words >= SHORTEST_WIRE;
  }

  /**
   * Gives the words of an article in capitals the shapes that they would have in an ordinary one: a
   * capital for places, given names, and what stands behind a given name or "Mr".
   */
  private void recase() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < shapes.length; i++) {
      boolean named = i > 0 && shapes[i - 1] == UPPER && isWordOfNames(i);
      boolean behindName =
          named && (classes[i - 1] & (Lexicon.GIVEN | Lexicon.TITLE)) != 0
              || i > 0 && classes[i] == 0 && isNameOfRole(i);
      if (behindName) {
        names.add(word(i));
      }
      boolean name =
          behindName
              || isWordOfNames(i)
                  && (classes[i] & (Lexicon.GIVEN | Lexicon.TITLE | Lexicon.PLACE)) != 0;
      if ((shapes[i] & CAPITALS) != 0) {
        shapes[i] = name || (classes[i] & Lexicon.NATIONALITY) != 0 ? UPPER : LOWER;
      }
    }
    for (int i = 0; i < shapes.length; i++) {
      if (shapes[i] == LOWER && names.contains(word(i)) && isWordOfNames(i)) {
        shapes[i] = UPPER;
      }
    }
  }

  /** Returns whether the word is neither a small word nor a verb that attributes. */
  private boolean isWordOfNames(int i) {
    return (shapes[i] & (UPPER | LOWER)) != 0
        && (classes[i] & (Lexicon.GRAMMAR | Lexicon.FUNCTION | Lexicon.FORMS)) == 0;
  }

  /** Returns whether the word is one of at most two between a role and a verb: "MAYOR X Y SAID". */
  private boolean isNameOfRole(int i) {
    boolean first = (classes[i - 1] & Lexicon.ROLE) != 0;
    boolean second = i > 1 && classes[i - 1] == 0 && (classes[i - 2] & Lexicon.ROLE) != 0;
    return (first || second)
        && i + 2 < classes.length
        && ((classes[i + 1] & Lexicon.FORMS) != 0
            || first && classes[i + 1] == 0 && (classes[i + 2] & Lexicon.FORMS) != 0);
  }

  private String word(int i) {
    return tokens.text().substring(tokens.start(i), tokens.end(i));
  }

  private byte letters(int i) {
    char c = tokens.first(i);
    if (c >= 'a' && c <= 'z') {
      return isArabicName(i) ? UPPER : LOWER;
    }
    if (c < 0x80 && (c < 'A' || c > 'Z')) {
      return c >= '0' && c <= '9' ? DIGIT : 0;
    }
    if (Character.isUpperCase(c)) {
      return isCapitals(i) ? UPPER | CAPITALS : UPPER;
    }
    return Character.isLowerCase(c) ? LOWER : Character.isLetter(c) ? UPPER : 0;
  }

  private boolean isCapitals(int i) {
    for (int k = tokens.start(i); k < tokens.end(i); k++) {
      char c = tokens.text().charAt(k);
      if (Character.isLetter(c) && !Character.isUpperCase(c)) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether the word is a name such as "al-Thani". */
  private boolean isArabicName(int i) {
    int start = tokens.start(i);
    return tokens.length(i) > 4
        && tokens.text().charAt(start + 2) == '-'
        && Character.isUpperCase(tokens.text().charAt(start + 3));
  }

  /** Marks in a sentence the words that open it or a quotation, and whether it is a headline. */
  private void mark(int first, int limit) {
    shapes[first] |= OPENS;
    for (int i = first + 1; i < limit; i++) {
      if (opensAfter(i - 1) && !isDoubleMark(i)) {
        shapes[i] |= OPENS;
      }
    }
    if (isHeadline(first, limit)) {
      for (int i = first; i < limit; i++) {
        shapes[i] |= HEADLINE;
      }
    }
  }

  private boolean isDoubleMark(int i) {
    return tokens.is(i, Type.QUOTE) && "“”«»„\"".indexOf(tokens.first(i)) >= 0;
  }

  /** Returns whether a capital behind the token does not show a name. */
  private boolean opensAfter(int i) {
    if ((shapes[i] & (UPPER | LOWER | DIGIT)) != 0) {
      return false;
    }
    char c = tokens.first(i);
    return "“\"«‘:•".indexOf(c) >= 0 || (shapes[i] & OPENS) != 0 && c != '(';
  }

  private boolean opensParagraph(int token) {
    return tokens.paragraphStart(tokens.paragraph(token)) == token;
  }

  /**
   * Returns whether the long words of the sentence have capitals and no full stop ends it. Only at
   * the start of the first two paragraphs of an article a headline can end with a full stop.
   */
  private boolean isHeadline(int first, int limit) {
    int count = 0;
    int longWords = 0;
    int capitals = 0;
    int shouted = 0;
    for (int i = first; i < limit; i++) {
      boolean upper = (shapes[i] & UPPER) != 0;
      boolean lower = (shapes[i] & LOWER) != 0;
      if (lower && (classes[i] & (Lexicon.FUNCTION | Lexicon.PARTICLE)) == 0) {
        return false;
      }
      count += upper || lower ? 1 : 0;
      if ((upper || lower) && tokens.length(i) >= 4) {
        longWords++;
        capitals += upper ? 1 : 0;
        shouted += (shapes[i] & CAPITALS) != 0 ? 1 : 0;
      }
    }
    if (count < FEWEST_WORDS || longWords < 3) {
      return false;
    }
    if (shouted * 10 >= longWords * 8) {
      return true;
    }
    boolean ends = ".”\",".indexOf(tokens.first(limit - 1)) >= 0;
    return capitals * 10 >= longWords * (ends ? 9 : 8)
        && (!ends || opensParagraph(first) && tokens.paragraph(first) <= 1);
  }
}
