package org.demarche.text;

import java.util.regex.Pattern;

/** Compares texts by their words alone: quotation marks and spaces differ between editions. */
public final class Wording {

  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Wording() {}

  /** Returns the letters and digits of {@code text}; empty if it has none. */
  public static String of(String text) {
    return NO_WORD.matcher(text).replaceAll("");
  }

  /**
   * Returns a key that texts of the same wording share: {@link #of}, or the text itself if it has
   * no letters and digits.
   */
  public static String key(String text) {
    String words = of(text);
    return words.isEmpty() ? text : words;
  }
}
