package org.demarche.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.demarche.DemarcheException;
import org.demarche.config.Settings;
import org.demarche.model.Explanation;
import org.demarche.model.Profile;
import org.demarche.model.StanceModel;
import org.demarche.pipeline.Models;
import org.demarche.pipeline.PriorShifts;
import org.demarche.pipeline.ScoreStatements;
import org.demarche.report.ReportData.Pull;
import org.demarche.report.ReportData.Tint;
import org.demarche.report.ReportData.Tinting;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.stance.TargetFinder;

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
   * @param fragments what is shown, in its parts
   * @param passage what is scored
   * @param source the words that name who spoke, or null
   * @param cue the attributing words, or null
   * @param speaker whose it is
   * @param rank place from 1 among the sentences of one speaker; the first are shown first
   * @param models id of the model that scored it, by scale
   */
  record Sentence(
      List<String> fragments,
      String passage,
      String source,
      String cue,
      String speaker,
      int rank,
      Map<String, String> models) {

    /** Returns the words that credit the speaker, as the page puts them. */
    private List<String> credit() {
      return Stream.of(source == null ? "" : source, cue == null ? "" : cue)
          .filter(words -> !words.isEmpty())
          .toList();
    }
  }

  private final TreeMap<String, StanceModel> models = new TreeMap<>();
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
      String scale, StanceModel model, List<Sentence> sentences, List<List<Tint>> tints) {
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

  private List<Tint> tints(String scale, StanceModel model, Sentence sentence) {
    int[] text = places(sentence.fragments(), sentence.passage());
    if (text == null) {
      return List.of();
    }
    int[] credit = creditPlaces(sentence.credit(), sentence.passage(), text);
    List<Tint> tints = new ArrayList<>();
    if (model.metadata().usesTargets()) {
      for (TargetFinder.Mention mention :
          ScoreStatements.mentions(targets, sentence.source(), sentence.passage())) {
        Explanation towards = model.explain(ScoreStatements.towards(sentence.passage(), mention));
        tints.add(
            new Tint(scale, mention.target().id(), pulls(towards, text), pulls(towards, credit)));
      }
    }
    // The last is for every target that has none of its own.
    Explanation any = model.explain(Passage.of(sentence.passage()));
    tints.add(new Tint(scale, null, pulls(any, text), pulls(any, credit)));
    return tints;
  }

  private static List<Pull> pulls(Explanation explanation, int[] places) {
    TreeMap<Integer, Pull> pulls = new TreeMap<>();
    for (Explanation.Word word : explanation.words()) {
      double value = explanation.alongScale(word);
      int first = places[word.start()];
      int last = places[word.end() - 1];
      // A word that is half outside is none of those shown.
      if (Math.abs(value) >= LEAST && first >= 0 && last - first >= word.text().length() - 1) {
        pulls.put(first, new Pull(first, last + 1, value));
      }
    }
    return List.copyOf(pulls.values());
  }

  /**
   * Returns where each character of {@code passage} stands in the text of a statement, −1 for those
   * outside it; null where the text is no part of the passage. White space may differ, since a
   * passage has made it one, and an interrupted quotation leaves out what interrupts it.
   *
   * @param fragments the parts of the text, which has one space between them
   */
  static int[] places(List<String> fragments, String passage) {
    int[] places = new int[passage.length()];
    Arrays.fill(places, -1);
    int textStart = 0;
    int from = 0;
    for (String fragment : fragments) {
      int[] origins = new int[fragment.length()];
      String even = even(fragment, origins);
      int at = even.isEmpty() ? -1 : passage.indexOf(even, from);
      if (at < 0) {
        return null;
      }
      for (int i = 0; i < even.length(); i++) {
        places[at + i] = textStart + origins[i];
      }
      from = at + even.length();
      textStart += fragment.length() + 1;
    }
    return places;
  }

  /**
   * Returns where each character of {@code passage} stands in the words that credit the speaker:
   * they are often what decides, as in "rejected the ban".
   *
   * @param credit source and cue, in the order in which they are shown with a space between
   * @param text what of the passage is the statement itself, {@code >= 0}, and credits nobody
   */
  static int[] creditPlaces(List<String> credit, String passage, int[] text) {
    int[] places = new int[passage.length()];
    Arrays.fill(places, -1);
    int start = 0;
    for (String words : credit) {
      int[] origins = new int[words.length()];
      String even = even(words, origins);
      int at = even.isEmpty() ? -1 : passage.indexOf(even);
      while (at >= 0 && !free(passage, at, at + even.length(), text, places)) {
        at = passage.indexOf(even, at + 1);
      }
      if (at >= 0) {
        for (int i = 0; i < even.length(); i++) {
          places[at + i] = start + origins[i];
        }
      }
      start += words.length() + 1;
    }
    return places;
  }

  /** Whether whole words stand at {@code [start, end)}, none of them placed yet. */
  private static boolean free(String passage, int start, int end, int[] text, int[] credit) {
    for (int i = start; i < end; i++) {
      if (text[i] >= 0 || credit[i] >= 0) {
        return false;
      }
    }
    return (start == 0 || !Character.isLetterOrDigit(passage.charAt(start - 1)))
        && (end == passage.length() || !Character.isLetterOrDigit(passage.charAt(end)));
  }

  /** Returns {@code text} with white space made one, and sets where each character comes from. */
  private static String even(String text, int[] origins) {
    StringBuilder even = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      if (Character.isWhitespace(text.charAt(i))) {
        space = true;
        continue;
      }
      if (space && even.length() > 0) {
        origins[even.length()] = i - 1;
        even.append(' ');
      }
      space = false;
      origins[even.length()] = i;
      even.append(text.charAt(i));
    }
    return even.toString();
  }

  /** Cuts {@code text} by the lengths of the spans "120-180,200-240" that it is made of. */
  static List<String> cut(String text, String spans) {
    List<String> fragments = new ArrayList<>();
    int start = 0;
    for (String span : spans.split(",")) {
      int dash = span.indexOf('-');
      int length =
          Integer.parseInt(span.substring(dash + 1)) - Integer.parseInt(span.substring(0, dash));
      if (start + length > text.length()) {
        return List.of(text);
      }
      fragments.add(text.substring(start, start + length));
      start += length + 1;
    }
    return fragments;
  }
}
