package org.demarche.attribution;

/**
 * A rule of {@link RuleStatementFinder}, with how often a statement that it finds is right in
 * content and source: its precision on the training and development articles of PolNeAR (Newell,
 * Margolin and Ruths, 2018), contents matched at a Jaccard of 0.5 and sources by a shared
 * character.
 */
enum Rule {
  /** {@code "…," said Moor}. */
  QUOTE_VERB_NAME(0.9),
  /** {@code "…," Moor said}. */
  QUOTE_NAME_VERB(0.9),
  /** {@code Moor said, "…"}. */
  NAME_VERB_QUOTE(0.9),
  /** {@code "…," according to Moor}. */
  QUOTE_ACCORDING_TO(0.9),
  /** {@code "…" — Moor}. */
  QUOTE_DASH_NAME(0.9),
  /** {@code MOOR: …}, and {@code Moor: "…"}. */
  LABEL(0.9),
  /** A quotation that starts where an attributed one ended. */
  QUOTE_CONTINUED(0.9),
  /** A quotation in a sentence that attributes something else. */
  QUOTE_IN_SENTENCE(0.6),
  /** A quotation whose speaker is the subject of its sentence. */
  QUOTE_SUBJECT(0.5),
  /** A quotation nobody is named for. */
  QUOTE_ALONE(0.3),
  /** {@code according to Moor, …}. */
  ACCORDING_TO(0.8),
  /** {@code Moor said that …}. */
  VERB_THAT(0.8),
  /** {@code Moor said …}. */
  VERB_CLAUSE(0.7),
  /** {@code Moor explained why …}. */
  VERB_QUESTION(0.7),
  /** {@code Moor vowed to …}. */
  VERB_INFINITIVE(0.6),
  /** {@code Moor urged both sides to …}. */
  VERB_OBJECT_INFINITIVE(0.6),
  /** {@code Moor called for …}. */
  VERB_PREPOSITION(0.5),
  /** {@code Moor rejected …}. */
  VERB_OBJECT(0.5),
  /** {@code …, Moor said}. */
  CLAUSE_NAME_VERB(0.8),
  /** {@code …, said Moor}. */
  CLAUSE_VERB_NAME(0.8),
  /** {@code … was rejected by Moor}. */
  PASSIVE_BY(0.5),
  /** {@code … is expected to …}. */
  PASSIVE_RAISING(0.5),
  /** {@code Moor's claim that …}. */
  NOUN_THAT(0.5);

  private final double precision;

  Rule(double precision) {
    this.precision = precision;
  }

  double precision() {
    return precision;
  }

  /** The form in the {@code rule} column: {@code quote-verb-name}. */
  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }
}
