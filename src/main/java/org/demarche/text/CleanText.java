package org.demarche.text;

import java.util.Optional;

/**
 * A text as it should have been delivered, with the way back to the text that was. HTML entities
 * and UTF-8 read as windows-1252 are decoded, tags give way to the line breaks that they stand for,
 * invisible characters are left out, and U+FFFD becomes the quotation mark, apostrophe or dash that
 * it must have been.
 *
 * <p>Articles are read in this form, so that names and words come out whole; offsets are given in
 * the text as delivered:
 *
 * <pre>{@code
 * CleanText clean = CleanText.of("&quot;Stay,&quot; said Zo\u00C3\u00AB.");
 * clean.text(); // "\"Stay,\" said Zoë."
 * clean.quality(); // MOJIBAKE
 * clean.delivered(new Span(1, 5)); // 6-10
 * }</pre>
 *
 * <p>Immutable. A text without such characters is not copied and costs one look at each character.
 */
public final class CleanText {

  /** Most passes; {@code &amp;lt;p&amp;gt;} needs three. */
  private static final int MOST_PASSES = 4;

  private final String text;
  private final TextQuality quality;

  /**
   * For each character of the text, where that which it stands for begins and ends in the text as
   * delivered; null if every character stands for itself.
   */
  private final int[] starts;

  private final int[] ends;

  /** The arrays are not copied; they have one number for each character. */
  CleanText(String text, TextQuality quality, int[] starts, int[] ends) {
    this.text = text;
    this.quality = quality;
    this.starts = starts;
    this.ends = ends;
  }

  /** Returns the clean form of {@code delivered}, any text at all. */
  public static CleanText of(String delivered) {
    CleanText clean = new CleanText(delivered, TextQuality.CLEAN, null, null);
    for (int pass = 0; pass < MOST_PASSES; pass++) {
      CleanText next = TextCleaner.clean(clean.text);
      clean = clean.then(next);
      if (next.starts == null) {
        return clean;
      }
    }
    return clean;
  }

  /** Returns what is clean after both this and {@code next}, which is the clean form of this. */
  private CleanText then(CleanText next) {
    TextQuality worse = quality.or(next.quality);
    if (next.starts == null) {
      return worse == quality ? this : new CleanText(text, worse, starts, ends);
    }
    if (starts == null) {
      return new CleanText(next.text, worse, next.starts, next.ends);
    }
    for (int i = 0; i < next.starts.length; i++) {
      next.starts[i] = starts[next.starts[i]];
      next.ends[i] = ends[next.ends[i] - 1];
    }
    return new CleanText(next.text, worse, next.starts, next.ends);
  }

  /** Returns the clean text; empty if there was nothing but markup. */
  public String text() {
    return text;
  }

  /** Returns the worst that was found. */
  public TextQuality quality() {
    return quality;
  }

  /** Returns the place in the text as delivered of a {@code span} of the clean text. */
  public Span delivered(Span span) {
    return starts == null ? span : new Span(starts[span.start()], ends[span.end() - 1]);
  }

  /**
   * Returns the place in the clean text of a {@code span} of the text as delivered, without what
   * lies only partly in it; empty if nothing of it is left.
   */
  public Optional<Span> clean(Span span) {
    if (starts == null) {
      return Optional.of(span);
    }
    int first = 0;
    while (first < starts.length && starts[first] < span.start()) {
      first++;
    }
    int limit = starts.length;
    while (limit > first && ends[limit - 1] > span.end()) {
      limit--;
    }
    return first < limit ? Optional.of(new Span(first, limit)) : Optional.empty();
  }
}
