package org.demarche.attribution.learned;

import org.demarche.language.english.Range;

/**
 * A statement that the arbiter can choose: the content of one finder with the source of either.
 *
 * @param statement the content, cue and source to choose
 * @param rule the name of the rule whose statement it is made of, or null
 * @param tagged the statement of the tagger that it is made of, or null
 * @param group a number that the candidates share which are variants of one statement; only one of
 *     them can be right
 * @param isTaggersContent whether the content is the tagger's and not the rule's
 * @param sources how the sources of both relate
 * @param match how well the contents of both agree, as a Jaccard index of characters in [0, 1]
 */
record Candidate(
    TaggedStatement statement,
    String rule,
    TaggedStatement tagged,
    int group,
    boolean isTaggersContent,
    Sources sources,
    double match) {

  /** From whom the source of a candidate is, and whether the other finder agrees. */
  enum Sources {
    /** No finder has a source. */
    NONE,
    /** The rule's; the tagger has none or did not find the statement. */
    RULE,
    /** The tagger's; the rule has none or did not find the statement. */
    TAGGER,
    /** Both have the same. */
    SAME,
    /** The rule's; the tagger has another. */
    RULE_OF_TWO,
    /** The tagger's; the rule has another. */
    TAGGER_OF_TWO,
    /** None, although the rule has one and the tagger, which found the statement, has none. */
    NONE_THOUGH_RULE,
    /** None, although the tagger has one and the rule, which found the statement, has none. */
    NONE_THOUGH_TAGGER
  }

  int first() {
    return statement.first();
  }

  int limit() {
    return statement.limit();
  }

  /** Returns how many tokens the content has. */
  int length() {
    int length = 0;
    for (Range piece : statement.content()) {
      length += piece.limit() - piece.first();
    }
    return length;
  }

  /** Returns which finder has this content. */
  Considered.Finder contentBy() {
    if (rule == null || isTaggersContent) {
      return Considered.Finder.TAGGER;
    }
    return match > Candidates.EQUAL ? Considered.Finder.BOTH : Considered.Finder.RULES;
  }

  /** Returns which finder has this source, or none. */
  Considered.Finder sourceBy() {
    return switch (sources) {
      case RULE, RULE_OF_TWO, NONE_THOUGH_TAGGER -> Considered.Finder.RULES;
      case TAGGER, TAGGER_OF_TWO, NONE_THOUGH_RULE -> Considered.Finder.TAGGER;
      case SAME -> Considered.Finder.BOTH;
      case NONE ->
          rule == null
              ? Considered.Finder.TAGGER
              : tagged == null ? Considered.Finder.RULES : Considered.Finder.BOTH;
    };
  }
}
