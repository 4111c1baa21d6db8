package org.demarche.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.demarche.model.Explanation;
import org.demarche.stance.Label;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scale;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExplanationLinesTest {

  private static final Pattern NUMBER = Pattern.compile("[+-]\\d+\\.\\d\\d");
  private static final String BOLD = "\u001b[1;33m";

  /** Whatever is folded: of each label, what is printed adds up to the score that is printed. */
  @ParameterizedTest
  @EnumSource
  void printsNumbersThatAddUpToTheScore(Explanation.Kind kind) {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      Scale scale = scale(2 + random.nextInt(4));
      String text = "a ".repeat(random.nextInt(60)).strip();
      List<String> lines = lines(kind, scale, text, random, false);
      List<double[]> rows = rows(lines);
      double[] score = rows.remove(rows.size() - 1);
      assertThat(score).hasSize(scale.size() > 3 ? 2 : scale.size());
      for (int label = 0; label < score.length; label++) {
        int column = label;
        assertThat(rows.stream().mapToDouble(row -> row[column]).sum())
            .as("seed %d", seed)
            .isCloseTo(score[label], within(.0051 * (rows.size() + 1)));
      }
    }
  }

  @Test
  void marksTheWordsThatDecided() {
    Explanation explanation = accused();
    List<String> plain = ExplanationLines.of("Orsund accused her", explanation, false);
    assertThat(plain)
        .containsSequence("    Orsund accused her", "           +++++++ ---")
        .contains("  +++ for assertive, --- against it")
        .anyMatch(line -> line.contains("The numbers are exact"))
        .noneMatch(line -> line.contains("\u001b"));
    assertThat(ExplanationLines.of("Orsund accused her", explanation, true))
        .contains("    Orsund " + BOLD + "accused\u001b[0m \u001b[4mher\u001b[0m");
  }

  @Test
  void saysThatLossesDoNotAddUp() {
    assertThat(lines(Explanation.Kind.OCCLUSION, Scales.STANCE, "a b", new Random(1), false))
        .anyMatch(line -> line.contains("logarithm of a label's probability"))
        .anyMatch(line -> line.contains("do not add up"))
        .noneMatch(line -> line.contains("exact"));
  }

  @Test
  void keepsWideLongAndHostileTextsInTheirColumns() {
    String text =
        "漢字の文 \u001b]0;owned\u0007 e\u0301\u202Eevil \ud800 \uD83D\uDE00 "
            + "x".repeat(400)
            + "\r\n"
            + "word ".repeat(900);
    for (boolean colours : new boolean[] {false, true}) {
      List<String> lines =
          lines(Explanation.Kind.OCCLUSION, Scales.STANCE, text, new Random(3), colours);
      assertThat(lines)
          .allSatisfy(
              line -> {
                String plain = line.replaceAll("\u001b\\[[\\d;]+m", "");
                assertThat(TerminalText.columns(plain)).isLessThanOrEqualTo(100);
                assertThat(plain).doesNotContain("\u001b", "\u0007", "\u202E", "\r", "\n");
              });
      assertThat(lines.size()).isLessThan(140);
    }
  }

  @Test
  void explainsATextWithoutWords() {
    assertThat(lines(Explanation.Kind.EXACT, Scales.STANCE, "", new Random(1), false))
        .anyMatch(line -> line.startsWith("  score"));
  }

  private static Explanation accused() {
    double[] priors = {0, 0, 0};
    return new Explanation(
        Explanation.Kind.EXACT,
        new LabelDistribution(Scales.STANCE, new double[] {.2, .1, .7}),
        new double[] {.5, 0, 1.2},
        priors,
        List.of(
            new Explanation.Word(0, 6, "Orsund", new double[] {.1, .1, .1}),
            new Explanation.Word(7, 14, "accused", new double[] {-.3, -.1, 1.6}),
            new Explanation.Word(15, 18, "her", new double[] {.7, 0, -.5})));
  }

  private static List<String> lines(
      Explanation.Kind kind, Scale scale, String text, Random random, boolean colours) {
    double[] priors = random.doubles(scale.size(), -1, 1).toArray();
    double[] scores = priors.clone();
    List<Explanation.Word> words = new ArrayList<>();
    Matcher found = Pattern.compile("\\S+").matcher(text);
    while (found.find()) {
      double strength = random.nextInt(4) == 0 ? 2 : .05;
      double[] adds = random.doubles(scale.size(), -strength, strength).toArray();
      words.add(new Explanation.Word(found.start(), found.end(), found.group(), adds));
      for (int label = 0; label < adds.length; label++) {
        scores[label] += adds[label];
      }
    }
    double[] probabilities = new double[scale.size()];
    Arrays.fill(probabilities, 1.0 / scale.size());
    return ExplanationLines.of(
        text,
        new Explanation(kind, new LabelDistribution(scale, probabilities), scores, priors, words),
        colours);
  }

  private static Scale scale(int size) {
    return new Scale("s", IntStream.range(0, size).mapToObj(i -> new Label("l" + i, i)).toList());
  }

  private static List<double[]> rows(List<String> lines) {
    List<double[]> rows = new ArrayList<>();
    for (String line : lines) {
      double[] numbers =
          NUMBER.matcher(line).results().mapToDouble(r -> Double.parseDouble(r.group())).toArray();
      if (numbers.length > 0) {
        rows.add(numbers);
      }
    }
    return rows;
  }
}
