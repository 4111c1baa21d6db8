package org.demarche.text;

import java.util.regex.Pattern;

/** Tells whether two texts say the same words, however they are printed. */
public final class Wording {

  private static final Pattern ALL_ELSE = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Wording() {}

  /**
   * Returns the letters and digits of {@code text}: quotation marks and blanks differ between
   * editions of one text. Empty where it has neither.
   */
  public static String of(String text) {
    return ALL_ELSE.matcher(text).replaceAll("");
  }

  /** Returns what two texts share that say the same words: {@link #of}, or else the text itself. */
  public static String key(String text) {
    String words = of(text);
    return words.isEmpty() ? text : words;
  }
}
