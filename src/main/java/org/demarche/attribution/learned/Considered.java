package org.demarche.attribution.learned;

import java.util.Map;
import org.demarche.attribution.Statement;
import org.demarche.text.CleanText;

/**
 * A candidate of an article, and what became of it.
 *
 * @param statement its content, cue and source; the confidence is the arbiter's probability or,
 *     with the rules alone, the precision of the rule
 * @param rule the name of the rule that found it, or null if only the tagger did
 * @param isTagged whether the tagger found it
 * @param contentProbability how probable the tagger thinks that a token of the content is content,
 *     as the mean of all, in [0, 1]; null with the rules alone
 * @param contentFinder which finder has this content
 * @param sourceFinder which finder has this source, or says that there is none
 * @param outcome what became of it
 * @param logOdds what each aspect adds to the log-odds of the probability; the values add up to
 *     them. Empty with the rules alone
 */
public record Considered(
    Statement statement,
    String rule,
    boolean isTagged,
    Double contentProbability,
    Finder contentFinder,
    Finder sourceFinder,
    Outcome outcome,
    Map<Aspect, Double> logOdds) {

  /** Who found a part of a candidate. */
  public enum Finder {
    RULES,
    TAGGER,
    BOTH
  }

  public Considered {
    logOdds = Map.copyOf(logOdds);
  }

  /** Returns a statement that was found by the rules alone. */
  static Considered ofRules(Statement statement) {
    return new Considered(
        statement,
        statement.rule(),
        false,
        null,
        Finder.RULES,
        Finder.RULES,
        Outcome.KEPT,
        Map.of());
  }

  /** Returns the candidate with its places in the text as delivered. */
  Considered delivered(CleanText clean) {
    return new Considered(
        statement.delivered(clean),
        rule,
        isTagged,
        contentProbability,
        contentFinder,
        sourceFinder,
        outcome,
        logOdds);
  }
}
