package org.demarche.attribution.learned;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.demarche.attribution.RuleStatementFinder;
import org.demarche.attribution.Statement;
import org.demarche.attribution.StatementFinder;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Range;

/**
 * Finds statements by the rules and by a tagger, and keeps what an arbiter thinks right.
 *
 * <p>Safe to share between threads.
 */
public final class LearnedStatementFinder implements StatementFinder {

  /** The name in the column {@code rule} of a statement that the rules did not find. */
  public static final String TAGGER = "tagger";

  /** Default minimum confidence; F1 is highest near it. */
  public static final double MIN_CONFIDENCE = 0.3;

  private final RuleStatementFinder rules = new RuleStatementFinder();
  private final AttributionModel model;
  private final double minConfidence;

  /**
   * Returns the finder with the bundled model, or the rules alone if the jar was built without it.
   */
  public static StatementFinder bundled() {
    return of(AttributionModel.bundled(), MIN_CONFIDENCE);
  }

  /** Returns the finder with a model, or the rules alone if {@code model} is null. */
  public static StatementFinder of(AttributionModel model, double minConfidence) {
    return model == null
        ? new RuleStatementFinder()
        : new LearnedStatementFinder(model, minConfidence);
  }

  /**
   * @param minConfidence statements less probable than this are left out, unless they have a
   *     quotation that no other statement has; in [0, 1]
   * @throws IllegalArgumentException if it is not in [0, 1]
   */
  public LearnedStatementFinder(AttributionModel model, double minConfidence) {
    if (!(minConfidence >= 0 && minConfidence <= 1)) {
      throw new IllegalArgumentException(
          "The minimum confidence must be from 0 to 1, but was " + minConfidence);
    }
    this.model = model;
    this.minConfidence = minConfidence;
  }

  @Override
  public List<Statement> find(AnnotatedText text) {
    List<Statement> statements = new ArrayList<>();
    for (Arbiter.Choice choice : new Reading(text).choices) {
      if (choice.outcome().isKept()) {
        statements.add(statement(text, choice));
      }
    }
    statements.sort(Comparator.comparing(Statement::extent));
    return statements;
  }

  /**
   * Returns every candidate of an article and what became of it, the most probable first. Those
   * that are kept are the statements that {@link #find} returns.
   */
  public List<Considered> consider(AnnotatedText text) {
    Reading reading = new Reading(text);
    List<Considered> considered = new ArrayList<>();
    for (Arbiter.Choice choice : reading.choices) {
      Candidate candidate = choice.candidate();
      considered.add(
          new Considered(
              statement(text, choice),
              candidate.rule(),
              candidate.tagged() != null,
              reading.tagged.meanContent(candidate.statement().content()),
              candidate.contentBy(),
              candidate.sourceBy(),
              choice.outcome(),
              model.arbiter().logOdds(reading.features, candidate)));
    }
    return considered;
  }

  /** What the tagger, the rules and the arbiter say about an article. */
  private final class Reading {

    final TaggedText tagged;
    final CandidateFeatures features;
    final List<Arbiter.Choice> choices;

    Reading(AnnotatedText text) {
      tagged = model.tagger().tag(text);
      List<Candidate> candidates = Candidates.of(tagged, rules.find(text));
      features = new CandidateFeatures(tagged, candidates);
      choices = model.arbiter().choose(tagged.context, features, candidates, minConfidence);
    }
  }

  private static Statement statement(AnnotatedText text, Arbiter.Choice choice) {
    TaggedStatement chosen = choice.candidate().statement();
    String rule = choice.candidate().rule();
    return Statement.of(
        text,
        without(text, without(text, chosen.content(), chosen.source()), chosen.cue()),
        chosen.cue(),
        withoutComma(text, chosen.source()),
        rule == null ? TAGGER : rule,
        choice.probability());
  }

  /**
   * Returns the content without the words of its source or cue, over which the tagger's can reach
   * where a rule found these.
   */
  private static List<Range> without(AnnotatedText text, List<Range> content, Range part) {
    if (part == null || content.stream().noneMatch(part::overlaps)) {
      return content;
    }
    List<Range> left = new ArrayList<>();
    for (Range piece : content) {
      if (!piece.overlaps(part)) {
        left.add(piece);
        continue;
      }
      addWords(text, piece.first(), part.first(), left);
      addWords(text, part.limit(), piece.limit(), left);
    }
    return left.isEmpty() ? content : left;
  }

  private static void addWords(AnnotatedText text, int first, int limit, List<Range> pieces) {
    if (first < limit && text.tokens().hasWords(first, limit, 1)) {
      pieces.add(new Range(first, limit));
    }
  }

  /** Returns the source without its last token if that is a comma, as in “Okar, the mayor,”. */
  private static Range withoutComma(AnnotatedText text, Range source) {
    if (source == null || source.limit() - source.first() == 1) {
      return source;
    }
    int last = source.limit() - 1;
    return text.tokens().first(last) == ',' ? new Range(source.first(), last) : source;
  }
}
