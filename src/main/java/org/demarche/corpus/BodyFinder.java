package org.demarche.corpus;

import org.demarche.text.Span;

/** Finds the article in a text that also holds page furniture. */
public final class BodyFinder {

  private BodyFinder() {}

  /**
   * Finds the body.
   *
   * @param text a text that is not blank
   * @param title the headline where the input gives one, or null
   */
  public static Page find(String text, String title) {
    int start = 0;
    int end = text.length();
    while (Character.isWhitespace(text.charAt(start))) {
      start++;
    }
    while (Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    return new Page(new Span(start, end), null, null, null, null);
  }
}
