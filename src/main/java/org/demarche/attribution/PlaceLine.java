package org.demarche.attribution;

import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * The place, and often the date and the agency, that open a report before a dash: {@code PORT VELL,
 * March 6 (Agency) - The …}. It is said by nobody and names nobody.
 */
public final class PlaceLine {

  private static final int LONGEST = 14;

  private PlaceLine() {}

  /**
   * Returns the token behind the place line that starts at {@code first}, or {@code first} where
   * none does.
   *
   * @param first a token that opens a sentence
   */
  public static int end(Tokens tokens, int first) {
    if (first >= tokens.size()
        || !isCapitals(tokens, first)
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

  private static boolean isCapitals(Tokens tokens, int token) {
    if (!tokens.is(token, Type.WORD) || tokens.length(token) < 3) {
      return false;
    }
    for (int i = tokens.start(token); i < tokens.end(token); i++) {
      if (Character.isLowerCase(tokens.text().charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
