package org.demarche.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.demarche.DemarcheException;
import org.demarche.config.Settings;
import org.demarche.files.Storage;
import org.demarche.model.Explanation;
import org.demarche.model.Profile;
import org.demarche.model.ScaleModel;
import org.demarche.pipeline.Models;
import org.demarche.pipeline.PriorShifts;
import org.demarche.report.ReportData.Pull;
import org.demarche.report.ReportData.Tint;
import org.demarche.report.ReportData.Tinting;
import org.demarche.stance.Scale;
import org.demarche.stance.StatementPassage;
import org.demarche.stance.TargetFinder;
import org.demarche.text.Span;
import org.demarche.warehouse.StoredPrior;

/**
 * Computes how the words of a page's sentences pulled the labels, by the models that scored them.
 * If such a model is missing or has changed, its scale is not tinted and a {@link Tinting} says
 * why.
 */
final class WordWeights {

  /** Words that add less to the log-odds would not be visible and only make the page larger. */
  private static final double LEAST = 0.08;

  /**
   * Limits the time to about ten seconds: an accurate model reads a sentence once per word, about a
   * hundred times per second.
   */
  private static final int SENTENCES_OF_ACCURATE = 40;

  /** How many sentences of a speaker are tinted before it is the next speaker's turn. */
  private static final int SENTENCES_IN_TURN = 4;

  /**
   * A sentence as the page shows it and the model reads it.
   *
   * @param passage the passage that the model scored, with the spans of what is shown
   * @param source the words that name the speaker, shown before the cue, or null
   * @param speaker id of the speaker
   * @param rank position among the sentences of the speaker, from 1
   * @param models id of the model that scored it, by scale
   */
  record Sentence(
      StatementPassage passage,
      String source,
      String speaker,
      int rank,
      Map<String, String> models) {

    /** Returns the spans shown as the text, by the offset at which each is shown. */
    private Map<Integer, Span> text() {
      Map<Integer, Span> shown = new TreeMap<>();
      int offset = 0;
      for (Span fragment : passage.content()) {
        shown.put(offset, fragment);
        offset += fragment.length() + 1;
      }
      return shown;
    }

    /** Returns the spans shown as the credit, by the offset at which each is shown. */
    private Map<Integer, Span> credit() {
      Map<Integer, Span> shown = new TreeMap<>();
      if (passage.source() != null) {
        shown.put(0, passage.source());
      }
      if (passage.cue() != null) {
        shown.put(source == null ? 0 : source.length() + 1, passage.cue());
      }
      return shown;
    }
  }

  private final TreeMap<String, ScaleModel> models = new TreeMap<>();
  private final TreeMap<String, Tinting> tintings = new TreeMap<>();
  private final TargetFinder targets;

  /**
   * Loads the models of {@code scales}, as far as they can be loaded.
   *
   * @param priors how their answers were adjusted, by scale
   */
  WordWeights(Settings settings, List<Scale> scales, Map<String, StoredPrior> priors) {
    targets = new TargetFinder(settings.targets());
    for (Scale scale : scales) {
      String name = scale.name();
      try {
        Models model = Models.load(settings, List.of(name), Storage.ofProcess());
        models.put(name, PriorShifts.asScored(priors, model).byScale().get(name));
      } catch (DemarcheException e) {
        // The message may name folders of this machine, which must not appear on the page.
        tintings.put(
            name, without(name, "the model that scored them is missing here or cannot be used"));
      }
    }
  }

  private static Tinting without(String scale, String reason) {
    return new Tinting(scale, false, "words are not tinted, because " + reason);
  }

  /** Returns whether each scale was tinted; call it after {@link #of}. */
  List<Tinting> tintings() {
    return List.copyOf(tintings.values());
  }

  /** Returns the tints of each sentence, in the order of {@code sentences}. */
  List<List<Tint>> of(List<Sentence> sentences) {
    List<List<Tint>> tints = new ArrayList<>();
    sentences.forEach(sentence -> tints.add(new ArrayList<>()));
    models.forEach((scale, model) -> add(scale, model, sentences, tints));
    return tints;
  }

  private void add(
      String scale, ScaleModel model, List<Sentence> sentences, List<List<Tint>> tints) {
    Map<String, Long> ofSpeaker =
        sentences.stream().collect(Collectors.groupingBy(Sentence::speaker, Collectors.counting()));
    // Starts with the newest sentences of the speakers with the most statements, which readers see
    // first.
    Comparator<Sentence> order =
        Comparator.comparingInt((Sentence sentence) -> (sentence.rank() - 1) / SENTENCES_IN_TURN)
            .thenComparing(sentence -> -ofSpeaker.get(sentence.speaker()))
            .thenComparing(Sentence::speaker)
            .thenComparing(Sentence::rank);
    List<Integer> scored =
        IntStream.range(0, sentences.size())
            .filter(i -> model.id().equals(sentences.get(i).models().get(scale)))
            .boxed()
            .sorted(Comparator.comparing(sentences::get, order))
            .toList();
    if (scored.isEmpty()) {
      tintings.put(
          scale,
          without(
              scale,
              "the model at hand, %s, is not the one that scored them; scales.%s.model names it"
                  .formatted(model.id(), scale)));
      return;
    }
    boolean accurate = model.profile() == Profile.accurate;
    List<Integer> chosen =
        accurate ? scored.subList(0, Math.min(SENTENCES_OF_ACCURATE, scored.size())) : scored;
    Map<Integer, List<Tint>> found =
        chosen.parallelStream()
            .collect(
                Collectors.toConcurrentMap(i -> i, i -> tints(scale, model, sentences.get(i))));
    found.forEach((i, ofSentence) -> tints.get(i).addAll(ofSentence));
    tintings.put(scale, new Tinting(scale, true, note(accurate, chosen.size() < sentences.size())));
  }

  private static String note(boolean accurate, boolean some) {
    return (accurate
            ? "how much the log-odds drop without the word; words act together, so the numbers do not"
                + " add up to the label"
            : "the word’s exact part of the log-odds, including its pieces and its share in sequences"
                + " of words")
        + (some ? "; not all sentences are tinted" : "");
  }

  private List<Tint> tints(String scale, ScaleModel model, Sentence sentence) {
    StatementPassage passage = sentence.passage();
    List<Tint> tints = new ArrayList<>();
    if (model.metadata().usesTargets()) {
      for (TargetFinder.Mention mention : passage.mentions(targets)) {
        Explanation towards = model.explain(passage.towards(mention));
        tints.add(tint(scale, mention.target().id(), towards, sentence));
      }
    }
    // The tint without a target serves all targets that have none of their own.
    tints.add(tint(scale, null, model.explain(passage.whole()), sentence));
    return tints;
  }

  private static Tint tint(
      String scale, String target, Explanation explanation, Sentence sentence) {
    return new Tint(
        scale,
        target,
        pulls(explanation, sentence.passage(), sentence.text()),
        pulls(explanation, sentence.passage(), sentence.credit()));
  }

  /**
   * Returns the pulls of the words that lie completely in {@code shown}.
   *
   * @param shown disjoint spans of the passage, by the offset at which each is shown
   */
  private static List<Pull> pulls(
      Explanation explanation, StatementPassage passage, Map<Integer, Span> shown) {
    List<Pull> pulls = new ArrayList<>();
    shown.forEach(
        (offset, span) -> {
          for (Explanation.Word word : explanation.words()) {
            double value = explanation.alongScale(word);
            Span place = passage.place(new Span(word.start(), word.end()));
            if (Math.abs(value) >= LEAST && span.contains(place)) {
              int start = offset + place.start() - span.start();
              pulls.add(new Pull(start, start + place.length(), value));
            }
          }
        });
    return pulls;
  }
}
