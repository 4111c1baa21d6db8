package org.demarche.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.demarche.evaluation.ModelComparison;
import org.demarche.evaluation.ModelComparison.Entry;
import org.demarche.evaluation.ModelComparison.LearningPoint;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.stance.Scales;

/** A comparison of models that nobody trained, for tests and to look at. */
final class InventedComparison {

  private static final Scale SCALE = Scales.STANCE;

  private InventedComparison() {}

  /** Writes the page to the file named, to be looked at. */
  public static void main(String[] args) throws IOException {
    Files.writeString(Path.of(args[0]), ComparisonPage.html(named("tribuo linear-svc")));
    ComparisonTable.lines(named("tribuo linear-svc")).forEach(System.out::println);
  }

  /** Eight models, of which the third is called {@code name}. */
  static ModelComparison named(String name) {
    List<LabelledStatement> rows = rows(1_200);
    SplittableRandom random = new SplittableRandom(5);
    return ModelComparison.judge(
        SCALE,
        rows,
        5,
        20120918,
        List.of(
            new Entry("none majority", prior(rows), List.of(), .01),
            entry("tribuo logistic-regression", rows, .74, 1, 3.4, random),
            entry(name, rows, .745, 1.5, 5.1, random),
            entry("tribuo xgboost", rows, .68, 2.6, 48.2, random),
            entry("mllib logistic-regression", rows, .735, .7, 12.6, random),
            entry("mllib naive-bayes", rows, .66, 4, 6.3, random),
            entry("encoder logistic-regression", rows, .775, 1, 131, random),
            entry("profile accurate", rows, .82, 1.1, 160, random)));
  }

  /** One model only, in few groups, of which no speed or curve is known. */
  static ModelComparison alone(String name) {
    List<LabelledStatement> rows = rows(30);
    return ModelComparison.judge(SCALE, rows, 2, 1, List.of(Entry.of(name, prior(rows))));
  }

  private static List<LabelledStatement> rows(int count) {
    SplittableRandom random = new SplittableRandom(3);
    List<LabelledStatement> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double share = random.nextDouble();
      rows.add(
          new LabelledStatement(
              "r" + i,
              "g" + i / 3,
              Passage.of("Words."),
              SCALE.labelNames().get(share < .3 ? 0 : share < .75 ? 1 : 2)));
    }
    return rows;
  }

  private static List<LabelDistribution> prior(List<LabelledStatement> rows) {
    return rows.stream()
        .map(row -> new LabelDistribution(SCALE, new double[] {.3, .45, .25}))
        .toList();
  }

  /**
   * @param right share of right answers
   * @param sureness 1 gives probabilities to believe; more is too sure, less not sure enough
   */
  private static Entry entry(
      String name,
      List<LabelledStatement> rows,
      double right,
      double sureness,
      double seconds,
      SplittableRandom random) {
    List<LabelDistribution> answers = new ArrayList<>();
    for (LabelledStatement row : rows) {
      int truth = SCALE.indexOf(row.label());
      double believed = Math.min(.98, Math.max(.4, right + .5 * (random.nextDouble() - .5)));
      int answer = random.nextDouble() < believed ? truth : (truth + 1 + random.nextInt(2)) % 3;
      double given = 1 / (1 + 2 * StrictMath.pow((1 - believed) / believed / 2, sureness));
      double[] p = new double[3];
      Arrays.fill(p, (1 - given) / 2);
      p[answer] = given;
      answers.add(new LabelDistribution(SCALE, p));
    }
    List<LearningPoint> learning = new ArrayList<>();
    for (int n : new int[] {60, 120, 240, 480, 960}) {
      learning.add(
          new LearningPoint(
              n,
              right
                  - .22 * StrictMath.pow(60.0 / n, .3 + sureness / 4) * right
                  + .01 * random.nextDouble()));
    }
    return new Entry(name, answers, learning, seconds);
  }
}
