package org.demarche.attribution;

import java.util.Locale;

/**
 * A rule of {@link RuleStatementFinder} with its precision: the share of its statements that are
 * right in content and source on the training and development articles of PolNeAR (Newell, Margolin
 * and Ruths, 2018). A content is right at a Jaccard index of 0.5 or more, a source if it shares a
 * character.
 */
enum Rule {
  /** {@code "…," said Moor}. */
  QUOTE_VERB_NAME(0.93),
  /** {@code "…," Moor said}. */
  QUOTE_NAME_VERB(0.92),
  /** {@code Moor said, "…"}. */
  NAME_VERB_QUOTE(0.82),
  /** {@code "…," according to Moor}. */
  QUOTE_ACCORDING_TO(0.44),
  /** {@code "…" — Moor}. */
  QUOTE_DASH_NAME(0.85),
  /** {@code MOOR: …}, and {@code Moor: "…"}. */
  LABEL(0.39),
  /** A quotation that starts where an attributed one ended. */
  QUOTE_CONTINUED(0.15),
  /** A quotation in a sentence that attributes something else. */
  QUOTE_IN_SENTENCE(0.18),
  /** A quotation whose speaker is the subject of its sentence. */
  QUOTE_SUBJECT(0.25),
  /** A quotation whose speaker is not named. */
  QUOTE_ALONE(0.09),
  /** {@code according to Moor, …}. */
  ACCORDING_TO(0.75),
  /** {@code Moor said that …}. */
  VERB_THAT(0.79),
  /** {@code Moor said …}. */
  VERB_CLAUSE(0.69),
  /** {@code Moor explained why …}. */
  VERB_QUESTION(0.57),
  /** {@code Moor vowed to …}. */
  VERB_INFINITIVE(0.49),
  /** {@code Moor urged both sides to …}. */
  VERB_OBJECT_INFINITIVE(0.55),
  /** {@code Moor called for …}. */
  VERB_PREPOSITION(0.59),
  /** {@code Moor rejected …}. */
  VERB_OBJECT(0.51),
  /** {@code …, Moor said}. */
  CLAUSE_NAME_VERB(0.8),
  /** {@code …, said Moor}. */
  CLAUSE_VERB_NAME(0.92),
  /** {@code … was rejected by Moor}. */
  PASSIVE_BY(0.49),
  /** {@code … is expected to …}. */
  PASSIVE_RAISING(0.68),
  /** {@code Moor's claim that …}. */
  NOUN_THAT(0.25);

  private final double precision;

  Rule(double precision) {
    this.precision = precision;
  }

  double precision() {
    return precision;
  }

  /** Returns the form in the column {@code rule}, such as {@code quote-verb-name}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
