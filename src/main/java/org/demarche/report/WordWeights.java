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

/**
 * Which way the words of a page's sentences pull, as the models see it that scored them. A page is
 * complete without: where a model is not at hand, or is another by now, its scale is not tinted.
 */
final class WordWeights {

  /** A word that adds less to the log-odds is not seen and would only make the page larger. */
  private static final double LEAST = 0.08;

  /**
   * An accurate model reads a sentence once for each of its words, some hundred a second: so many
   * sentences take some ten seconds.
   */
  private static final int SENTENCES_OF_ACCURATE = 40;

  /** So many are tinted of a speaker before the next speaker has their turn. */
  private static final int SENTENCES_IN_TURN = 4;

  /**
   * A sentence as a page shows it and a model reads it.
   *
   * @param passage what is scored, and where what is shown stands in it
   * @param source the words that name who spoke, which are shown before the cue, or null
   * @param speaker whose it is
   * @param rank place from 1 among the sentences of one speaker; the first are shown first
   * @param models id of the model that scored it, by scale
   */
  record Sentence(
      StatementPassage passage,
      String source,
      String speaker,
      int rank,
      Map<String, String> models) {

    /** Returns what of the passage is shown as the text, by the offset at which it is shown. */
    private Map<Integer, Span> text() {
      Map<Integer, Span> shown = new TreeMap<>();
      int offset = 0;
      for (Span fragment : passage.content()) {
        shown.put(offset, fragment);
        offset += fragment.length() + 1;
      }
      return shown;
    }

    /** Returns what of the passage credits the speaker, by the offset at which it is shown. */
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
   * Loads the models of {@code scales}, those that can be.
   *
   * @param priors what their answers were adjusted by; {@link PriorShifts#kept}
   */
  WordWeights(Settings settings, List<Scale> scales, List<String> priors) {
    targets = new TargetFinder(settings.targets());
    for (Scale scale : scales) {
      String name = scale.name();
      try {
        Models model = Models.load(settings, List.of(name));
        models.put(name, PriorShifts.asScored(priors, model).byScale().get(name));
      } catch (DemarcheException e) {
        // The reason may name folders of this machine, which are nobody's business on the page.
        tintings.put(
            name, without(name, "the model that scored them is missing here or cannot be used"));
      }
    }
  }

  private static Tinting without(String scale, String reason) {
    return new Tinting(scale, false, "words of the sentences are not tinted, since " + reason);
  }

  /** Returns what was said of each scale, once the sentences are tinted. */
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
    // First those that a reader sees first: the latest of the speakers of whom most is known.
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
            ? "what the log-odds lose without the word; words matter together, so the numbers do not"
                + " add up to the label"
            : "the word’s exact part of the log-odds, its pieces and its share in rows of words"
                + " included")
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
    // The last is for every target that has none of its own.
    tints.add(tint(scale, null, model.explain(passage.whole()), sentence));
    return tints;
  }

  private static Tint tint(
      String scale, String target, Explanation explanation, Sentence sentence) {
    return new Tint(
        scale, target, pulls(explanation, sentence.text()), pulls(explanation, sentence.credit()));
  }

  /**
   * Returns how the words of {@code shown} pull; a word that is half outside is none of them.
   *
   * @param shown stretches of the passage, none over another, by the offset at which each is shown
   */
  private static List<Pull> pulls(Explanation explanation, Map<Integer, Span> shown) {
    List<Pull> pulls = new ArrayList<>();
    shown.forEach(
        (offset, span) -> {
          for (Explanation.Word word : explanation.words()) {
            double value = explanation.alongScale(word);
            if (Math.abs(value) >= LEAST && span.contains(new Span(word.start(), word.end()))) {
              int start = offset + word.start() - span.start();
              pulls.add(new Pull(start, start + word.end() - word.start(), value));
            }
          }
        });
    return pulls;
  }
}
