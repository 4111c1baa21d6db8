package org.demarche.text;

import java.util.Locale;

/** What was wrong with the text of an article as it was delivered; the worst comes last. */
public enum TextQuality {
  /** Nothing. */
  CLEAN,
  /** It has characters that nobody sees: zero-width spaces, soft hyphens, direction marks. */
  INVISIBLE,
  /** It has HTML entities, such as {@code &quot;}. */
  ENTITIES,
  /** It has HTML tags or comments, such as {@code <p>}. */
  MARKUP,
  /** It has UTF-8 that was read as windows-1252, such as {@code â€œ} for an opening mark. */
  MOJIBAKE,
  /** It has U+FFFD where characters were lost. */
  DAMAGED;

  /** Returns the worse of the two. */
  TextQuality or(TextQuality other) {
    return compareTo(other) < 0 ? other : this;
  }

  /** Returns the name as tables have it, such as {@code clean}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
