package org.demarche.config;

import java.util.Locale;

/**
 * A gate of quality. It measures one figure of a run, from 0 to 1, and the run publishes nothing if
 * the figure is above the threshold that the configuration sets. A figure from few rows says
 * nothing, so each gate needs a number of rows before it can fail.
 */
public enum Gate {
  /** The share of records that were rejected. */
  REJECTED_SHARE(1, "%s of %,d records were rejected", "see below why"),

  /** The share of the articles known before that this run corrects. */
  CORRECTED_SHARE(
      100,
      "%s of %,d articles that were known before would be replaced by another text",
      "look whether the input really changed so many texts, or only their markup"),

  /** The share of articles in a language that statements cannot be found in. */
  UNSUPPORTED_LANGUAGE_SHARE(
      100,
      "%s of %,d articles are in a language that statements cannot be found in",
      "leave these articles out of the input, or allow for them"),

  /**
   * The share of articles that were not read in full although their language is known: they have
   * lost characters, were cut off at their budget, or brought a fault of Demarche to light.
   */
  UNREAD_SHARE(
      100,
      "%s of %,d articles could not be read in full",
      "look for articles with lost characters (text_quality = damaged) and for those that the run"
          + " names as cut off"),

  /** The share of statements whose speaker is unknown. */
  UNKNOWN_SPEAKER_SHARE(
      200,
      "the speaker is unknown in %s of %,d statements",
      "look at some articles of this input: their paragraphs may be lost, or only parts delivered"),

  /**
   * The total variation distance between the labels of the new statements and those of the
   * statements in the warehouse: the share of statements that would need another label to make both
   * alike. It is measured on each scale.
   */
  LABEL_DRIFT(
      200,
      "the labels of the new statements differ from those before by %s (%,d statements)",
      "look at some of the new statements: the input, a model or a setting may have changed"),

  /**
   * How far the scores of speakers moved, compared to the published ones: the mean absolute change
   * in the window {@code all}, as a share of the width of the scale, over the speakers who had and
   * have enough statements (not {@code low_n}). It is measured on each scale.
   */
  SCORE_DRIFT(
      20,
      "the scores of speakers moved by %s of the scale on average (%,d scores)",
      "compare some speakers with what is published: the input, a model or a setting may have changed");

  private final long fewest;
  private final String finding;
  private final String advice;

  Gate(long fewest, String finding, String advice) {
    this.fewest = fewest;
    this.finding = finding;
    this.advice = advice;
  }

  /** Returns the number of rows that the gate needs before it can fail. */
  public long fewest() {
    return fewest;
  }

  /**
   * Returns what was found, as a part of a sentence.
   *
   * @param figure the figure as text
   * @param counted the number of rows that it is measured on
   */
  public String finding(String figure, long counted) {
    return String.format(Locale.ROOT, finding, figure, counted); // the manifest stores it
  }

  /** Returns what to do if a run fails, as a part of a sentence. */
  public String advice() {
    return advice;
  }

  /** Returns the name in the configuration, such as {@code rejected-share}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
