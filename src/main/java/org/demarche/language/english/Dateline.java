package org.demarche.language.english;

import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * The dateline of a report: the place, often with date and agency, before a dash, as in {@code PORT
 * VELL, March 6 (Agency) - The …}. It is part of no statement and names nobody.
 */
final class Dateline {

  private static final int LONGEST = 14;

  private Dateline() {}

  /**
   * Returns the token behind the dateline that starts at {@code first}, or {@code first} if none
   * does.
   */
  static int end(AnnotatedText text, int first) {
    Tokens tokens = text.tokens();
    if (first >= tokens.size()
        || tokens.length(first) < 3
        || !text.isCapitals(first)
        || tokens.paragraphStart(tokens.paragraph(first)) != first) {
      return first;
    }
    int limit = Math.min(tokens.paragraphEnd(tokens.paragraph(first)), first + LONGEST);
    for (int i = first + 1; i + 1 < limit; i++) {
      if (tokens.is(i, Type.DASH) && tokens.spaceBefore(i + 1)) {
        return i + 1;
      }
      boolean place =
          tokens.capitalised(i)
              || tokens.is(i, Type.NUMBER)
              || tokens.is(i, ",")
              || tokens.is(i, "(")
              || tokens.is(i, ")");
      if (!place) {
        return first;
      }
    }
    return first;
  }
}
