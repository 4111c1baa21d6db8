package org.demarche.attribution.learned;

import java.util.ArrayList;
import java.util.List;
import org.demarche.attribution.Statement;
import org.demarche.attribution.learned.Candidate.Sources;
import org.demarche.language.english.Range;
import org.demarche.text.Span;
import org.demarche.text.Tokens;

/** Makes the candidates of an article from the statements of the rules and of the tagger. */
final class Candidates {

  /** Two contents are of one statement from this Jaccard index on. */
  static final double SAME = 0.5;

  /** Two contents are equal from this Jaccard index on. */
  static final double EQUAL = 0.999;

  private final TokenContext context;
  private final Tokens tokens;
  private final List<Candidate> found = new ArrayList<>();

  private Candidates(TokenContext context) {
    this.context = context;
    tokens = context.tokens;
  }

  /**
   * Returns the candidates: the statements that one finder alone has, and of those that both have
   * each content with each source.
   *
   * @param tags the tags of the article, whose statements are the tagger's
   * @param rules the statements of the rules, sorted by where their content starts
   */
  static List<Candidate> of(TaggedText tags, List<Statement> rules) {
    List<TaggedStatement> tagged = StatementLinker.link(tags);
    Candidates candidates = new Candidates(tags.context);
    boolean[] matched = new boolean[tagged.size()];
    int from = 0;
    int group = tagged.size();
    for (Statement statement : rules) {
      TaggedStatement rule = candidates.inTokens(statement);
      // Tagged statements that end before this one cannot match it or a later one.
      while (from < tagged.size() && tagged.get(from).limit() <= rule.first()) {
        from++;
      }
      double best = 0;
      int with = -1;
      for (int i = from; i < tagged.size() && tagged.get(i).first() < rule.limit(); i++) {
        double match = candidates.jaccard(rule, tagged.get(i));
        if (match > best) {
          best = match;
          with = i;
        }
      }
      boolean turn = statement.isTurn();
      for (int i = from; turn && i < tagged.size() && tagged.get(i).limit() <= rule.limit(); i++) {
        // In a transcript the layout shows what is said; what is reported in it is part of it.
        matched[i] |= tagged.get(i).first() >= rule.first();
      }
      if (best >= SAME) {
        matched[with] = true;
        candidates.both(statement, rule, tagged.get(with), with, best);
      } else {
        Sources sources = rule.source() == null ? Sources.NONE : Sources.RULE;
        candidates.found.add(
            new Candidate(rule, statement.rule(), null, group, false, sources, best));
        group++;
      }
    }
    for (int i = 0; i < matched.length; i++) {
      if (!matched[i]) {
        TaggedStatement alone = tagged.get(i);
        Sources sources = alone.source() == null ? Sources.NONE : Sources.TAGGER;
        candidates.found.add(new Candidate(alone, null, alone, i, true, sources, 0));
      }
    }
    return candidates.found;
  }

  private TaggedStatement inTokens(Statement statement) {
    return new TaggedStatement(
        statement.content().stream().map(this::range).toList(),
        statement.cue() == null ? null : range(statement.cue()),
        statement.source() == null ? null : range(statement.source()));
  }

  private Range range(Span span) {
    return new Range(tokens.at(span.start()), tokens.at(span.end() - 1) + 1);
  }

  private double jaccard(TaggedStatement a, TaggedStatement b) {
    int startA = tokens.start(a.first());
    int startB = tokens.start(b.first());
    int endA = tokens.end(a.limit() - 1);
    int endB = tokens.end(b.limit() - 1);
    int shared = Math.min(endA, endB) - Math.max(startA, startB);
    return shared <= 0 ? 0 : shared / (double) (Math.max(endA, endB) - Math.min(startA, startB));
  }

  /** Returns whether a quoted piece of the rule's content is not in the tagger's at all. */
  private boolean leavesOutQuotation(TaggedStatement rule, TaggedStatement tagged) {
    List<Range> others = tagged.content();
    int next = 0; // both contents are in the order of the article
    for (Range piece : rule.content()) {
      while (next < others.size() && others.get(next).limit() <= piece.first()) {
        next++;
      }
      if (context.quote[piece.first()] == TokenContext.OPENING
          && (next == others.size() || !piece.overlaps(others.get(next)))) {
        return true;
      }
    }
    return false;
  }

  private void both(
      Statement statement, TaggedStatement rule, TaggedStatement tagged, int group, double match) {
    Range cue = rule.cue() == null ? tagged.cue() : rule.cue();
    Range ruleSource = rule.source();
    Range taggedSource = tagged.source();
    boolean oneContent = match > EQUAL || statement.isTurn() || leavesOutQuotation(rule, tagged);
    for (int side = 0; side < (oneContent ? 1 : 2); side++) {
      boolean taggers = side == 1;
      List<Range> content = taggers ? tagged.content() : rule.content();
      TaggedStatement byRule = new TaggedStatement(content, cue, ruleSource);
      TaggedStatement byTagger = new TaggedStatement(content, tagged.cue(), taggedSource);
      Variants variants = new Variants(statement.rule(), tagged, group, taggers, match);
      if (ruleSource == null && taggedSource == null) {
        found.add(variants.of(byRule, Sources.NONE));
      } else if (ruleSource == null) {
        found.add(variants.of(byTagger, Sources.TAGGER));
        TaggedStatement none = new TaggedStatement(content, tagged.cue(), null);
        found.add(variants.of(none, Sources.NONE_THOUGH_TAGGER));
      } else if (taggedSource == null) {
        found.add(variants.of(byRule, Sources.RULE));
        TaggedStatement none = new TaggedStatement(content, cue, null);
        found.add(variants.of(none, Sources.NONE_THOUGH_RULE));
      } else if (ruleSource.overlaps(taggedSource)) {
        found.add(variants.of(byRule, Sources.SAME));
      } else {
        found.add(variants.of(byRule, Sources.RULE_OF_TWO));
        found.add(variants.of(byTagger, Sources.TAGGER_OF_TWO));
      }
    }
  }

  private record Variants(
      String rule, TaggedStatement tagged, int group, boolean isTaggersContent, double match) {

    Candidate of(TaggedStatement statement, Sources sources) {
      return new Candidate(statement, rule, tagged, group, isTaggersContent, sources, match);
    }
  }
}
