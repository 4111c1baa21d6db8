package org.demarche.attribution.learned;

import java.util.ArrayList;
import java.util.List;
import org.demarche.attribution.RuleStatementFinder;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Range;
import org.demarche.text.Span;

/** The candidates of an article as the trainer of the arbiter needs them. */
public final class ArbiterExamples {

  private ArbiterExamples() {}

  /**
   * A candidate.
   *
   * @param weights the weights of its features in the arbiter
   * @param content the extent of its content
   * @param source its source, or null
   */
  public record Example(int[] weights, Span content, Span source) {}

  /** Returns the candidates that the rules and a tagger give. */
  public static List<Example> of(AnnotatedText text, Tagger tagger) {
    TaggedText tagged = tagger.tag(text);
    List<Candidate> candidates = Candidates.of(tagged, new RuleStatementFinder().find(text));
    CandidateFeatures features = new CandidateFeatures(tagged, candidates);
    List<Example> examples = new ArrayList<>();
    for (Candidate candidate : candidates) {
      int[] weights = features.of(candidate).clone();
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Arbiter.index(weights[i]);
      }
      Range source = candidate.statement().source();
      examples.add(
          new Example(
              weights,
              text.tokens().span(candidate.first(), candidate.limit()),
              source == null ? null : text.tokens().span(source.first(), source.limit())));
    }
    return examples;
  }
}
