package org.demarche.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.Folds;
import org.demarche.features.Featuriser;
import org.demarche.ingest.LabelledStatementReader;
import org.demarche.model.ScaleModel;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Scales;
import org.demarche.training.LabelSuggestions.Candidate;

/**
 * Measures what {@link LabelSuggestions} saves: a model is trained on 100 statements drawn by
 * chance, then again and again on 50 more, either suggested or drawn by chance, and judged on
 * statements of other groups. The main method prints the table of docs/suggest.md.
 */
final class SuggestionSimulation {

  static final int FIRST = 100;
  static final int STEP = 50;

  /**
   * Which statements there are.
   *
   * @param pool those to be labelled
   * @param test those to judge on, of other groups
   */
  record Split(List<LabelledStatement> pool, List<LabelledStatement> test) {}

  private SuggestionSimulation() {}

  /**
   * @param args a file of labelled statements; a second one to judge on, or {@code -} for a quarter
   *     of the first, another for every seed; the number of seeds; the number of labels to end with
   */
  public static void main(String[] args) {
    List<LabelledStatement> all = read(args[0]);
    int seeds = Integer.parseInt(args[2]);
    int steps = (Integer.parseInt(args[3]) - FIRST) / STEP + 1;
    double[][][] curves = new double[2][seeds][];
    IntStream.range(0, 2 * seeds)
        .parallel()
        .forEach(
            run -> {
              int seed = 101 + run / 2;
              Split split = args[1].equals("-") ? split(all, seed) : new Split(all, read(args[1]));
              curves[run % 2][run / 2] = run(split, run % 2 == 1, steps, seed);
            });
    System.out.println("| Labels | by chance | suggested | gain | standard error |");
    System.out.println("|---|---|---|---|---|");
    for (int step = 0; step < steps; step++) {
      double chance = 0;
      double suggested = 0;
      double squares = 0;
      for (int seed = 0; seed < seeds; seed++) {
        chance += curves[0][seed][step] / seeds;
        suggested += curves[1][seed][step] / seeds;
      }
      for (int seed = 0; seed < seeds; seed++) {
        double gain = curves[1][seed][step] - curves[0][seed][step];
        squares += Math.pow(gain - (suggested - chance), 2);
      }
      System.out.printf(
          Locale.ENGLISH,
          "| %d | %.3f | %.3f | %+.3f | %.3f |%n",
          FIRST + step * STEP,
          chance,
          suggested,
          suggested - chance,
          Math.sqrt(squares / (seeds - 1) / seeds));
    }
  }

  private static List<LabelledStatement> read(String file) {
    return LabelledStatementReader.read(List.of(Path.of(file)), Scales.STANCE, (from, rows) -> {})
        .rows();
  }

  /** Keeps a quarter of the groups to judge on. */
  static Split split(List<LabelledStatement> all, long seed) {
    int[] folds = Folds.byGroup(all, 4, seed);
    Split split = new Split(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < folds.length; i++) {
      (folds[i] == 0 ? split.test() : split.pool()).add(all.get(i));
    }
    return split;
  }

  /** Returns the macro-F1 after each step. */
  static double[] run(Split split, boolean suggested, int steps, long seed) {
    Random random = new Random(seed);
    List<LabelledStatement> waiting = new ArrayList<>(split.pool());
    Collections.shuffle(waiting, random);
    List<LabelledStatement> labelled = new ArrayList<>();
    move(waiting, labelled, IntStream.range(0, FIRST).boxed().toList());
    double[] curve = new double[steps];
    for (int step = 0; step < steps; step++) {
      ScaleModel model = Examples.train(labelled, Scales.STANCE, TribuoTrainer.of("linear-svc"));
      curve[step] = macroF1(model, split.test());
      if (step < steps - 1) {
        // What waits is in an order drawn by chance.
        move(
            waiting,
            labelled,
            suggested ? suggest(model, waiting) : IntStream.range(0, STEP).boxed().toList());
      }
    }
    return curve;
  }

  private static void move(
      List<LabelledStatement> waiting,
      List<LabelledStatement> labelled,
      Collection<Integer> which) {
    Set<LabelledStatement> moved = new HashSet<>();
    which.forEach(i -> moved.add(waiting.get(i)));
    labelled.addAll(moved.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList());
    waiting.removeAll(moved);
  }

  private static List<Integer> suggest(ScaleModel model, List<LabelledStatement> waiting) {
    Featuriser featuriser = new Featuriser();
    return LabelSuggestions.choose(
        waiting.stream()
            .map(
                row ->
                    new Candidate(
                        row.id(),
                        row.id(),
                        null,
                        "",
                        model.predict(row.passage()),
                        featuriser.features(row.passage())))
            .toList(),
        STEP);
  }

  private static double macroF1(ScaleModel model, List<LabelledStatement> test) {
    List<LabelDistribution> answers =
        test.stream().map(row -> model.predict(row.passage())).toList();
    return ClassificationReport.of(
            Scales.STANCE, test.stream().map(LabelledStatement::label).toList(), answers)
        .macroF1();
  }
}
