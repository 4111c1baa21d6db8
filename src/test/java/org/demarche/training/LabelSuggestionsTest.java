package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.demarche.features.Featuriser;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.demarche.training.LabelSuggestions.Candidate;
import org.junit.jupiter.api.Test;

class LabelSuggestionsTest {

  private static final Featuriser FEATURISER = new Featuriser();

  private static final String[] WORDS = {
    "harbour", "dam", "fleet", "talks", "offer", "border", "treaty", "patrol", "minister", "fishing"
  };

  @Test
  void measuresUncertaintyByTheEntropy() {
    // Two of three labels, alike: ln 2 / ln 3 = .693147 / 1.098612.
    assertThat(LabelSuggestions.uncertainty(answer(0, .5, .5))).isEqualTo(.630930, within(1e-6));
    assertThat(LabelSuggestions.uncertainty(answer(1. / 3, 1. / 3, 1. / 3)))
        .isEqualTo(1, within(1e-12));
    assertThat(LabelSuggestions.uncertainty(answer(1, 0, 0))).isZero();
  }

  @Test
  void takesTheUncertainBeforeTheCertain() {
    List<Candidate> candidates =
        List.of(
            candidate("a", "a", "The harbour opens at nine.", answer(.98, .01, .01)),
            candidate("b", "b", "Kelmar thanked them for every ship.", answer(.4, .4, .2)),
            candidate("c", "c", "Nobody fished there last winter.", answer(.5, .3, .2)));

    assertThat(chosen(candidates, 3)).containsExactly("b", "c", "a");
  }

  @Test
  void takesAnotherSentenceBeforeAVariantOfTheSame() {
    List<Candidate> candidates =
        List.of(
            candidate("a", "a", "Orsund rejected the terms as an insult.", answer(.4, .4, .2)),
            candidate("b", "b", "Orsund rejected the terms as an insult!", answer(.4, .39, .21)),
            candidate("c", "c", "We count forty boats each morning.", answer(.5, .3, .2)));

    assertThat(chosen(candidates, 3)).containsExactly("a", "c", "b");
  }

  @Test
  void takesNothingTwice() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      candidates.add(
          new Candidate(
              "id" + i, "words" + i % 4, "s" + i, "t" + i % 2, answer(.4, .4, .2), words(i)));
    }

    List<Integer> chosen = LabelSuggestions.choose(candidates, 10);

    assertThat(chosen).hasSize(4);
    assertThat(chosen).extracting(i -> candidates.get(i).distinctId()).doesNotHaveDuplicates();
  }

  @Test
  void spreadsOverSpeakersAndTargets() {
    List<Candidate> candidates = many();

    List<Candidate> chosen =
        LabelSuggestions.choose(candidates, 40).stream().map(candidates::get).toList();

    // A twentieth of 40, and an even share of 40 among 4 targets.
    assertThat(counts(chosen, Candidate::speaker).values()).allMatch(n -> n <= 2);
    assertThat(counts(chosen, Candidate::target).values()).containsExactly(10L, 10L, 10L, 10L);
  }

  @Test
  void givesThePlacesOfOthersToAnOnlySpeaker() {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      candidates.add(
          new Candidate("id" + i, "d" + i, "one", "dam", answer(.4, .35, .25), words(i)));
    }

    assertThat(LabelSuggestions.choose(candidates, 30)).hasSize(30).doesNotHaveDuplicates();
    assertThat(LabelSuggestions.choose(candidates, 80)).hasSize(50);
    assertThat(LabelSuggestions.choose(List.of(), 80)).isEmpty();
  }

  @Test
  void choosesTheSameInAnyOrderOfTheCandidates() {
    List<Candidate> candidates = many();
    List<String> chosen = chosen(candidates, 25);

    for (int seed = 0; seed < 5; seed++) {
      Collections.shuffle(candidates, new Random(seed));
      assertThat(chosen(candidates, 25)).isEqualTo(chosen);
    }
  }

  @Test
  void refusesWhatItCannotTellApart() {
    Candidate one = candidate("a", "a", "Yes.", answer(1, 0, 0));

    assertThatThrownBy(() -> LabelSuggestions.choose(List.of(one, one), 1))
        .hasMessage("The id 'a' comes twice");
    assertThatThrownBy(() -> LabelSuggestions.choose(List.of(one), -1))
        .hasMessageContaining("count must be >= 0");
  }

  /** Two hundred candidates by fifty speakers, five of whom talk most. */
  private static List<Candidate> many() {
    Random random = new Random(3);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      double p = .34 + .6 * random.nextDouble();
      candidates.add(
          new Candidate(
              "id" + i,
              "d" + i,
              "s" + (i < 100 ? i % 5 : i % 50),
              "t" + i % 4,
              answer(p, (1 - p) * .7, (1 - p) * .3),
              words(i)));
    }
    return candidates;
  }

  private static int[] words(int seed) {
    Random random = new Random(seed);
    String text =
        IntStream.range(0, 6)
            .mapToObj(i -> WORDS[random.nextInt(WORDS.length)])
            .collect(Collectors.joining(" "));
    return FEATURISER.features(Passage.of(text));
  }

  private static List<String> chosen(List<Candidate> candidates, int count) {
    return LabelSuggestions.choose(candidates, count).stream()
        .map(i -> candidates.get(i).id())
        .toList();
  }

  private static Map<String, Long> counts(List<Candidate> chosen, Function<Candidate, String> by) {
    return chosen.stream().collect(Collectors.groupingBy(by, Collectors.counting()));
  }

  private static Candidate candidate(
      String id, String distinctId, String text, LabelDistribution answer) {
    return new Candidate(id, distinctId, null, "", answer, FEATURISER.features(Passage.of(text)));
  }

  private static LabelDistribution answer(double... p) {
    return new LabelDistribution(Scales.STANCE, p);
  }
}
