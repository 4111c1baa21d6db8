package org.demarche.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scales;

/**
 * Makes up speakers, scores them and counts how often the interval holds the truth. The main method
 * prints the table of docs/scores.md.
 */
final class CoverageSimulation {

  /**
   * How the speakers are made.
   *
   * @param speakers how many there are
   * @param most statements of the most quoted; the one of rank r has most / r, at least one
   * @param concentration how alike the speakers are: parameters of the Dirichlet distribution from
   *     which each draws its own shares of labels; large means alike
   * @param centre shares of labels of the average speaker
   */
  record Setting(String name, int speakers, int most, double concentration, double[] centre) {}

  static final List<Setting> SETTINGS =
      List.of(
          new Setting("many, very different", 200, 200, 1, new double[] {.3, .4, .3}),
          new Setting("many, different", 200, 200, 3, new double[] {.3, .4, .3}),
          new Setting("many, alike", 200, 200, 30, new double[] {.3, .4, .3}),
          new Setting("many, mostly assertive", 200, 200, 3, new double[] {.1, .3, .6}),
          new Setting("many, little said", 200, 20, 3, new double[] {.3, .4, .3}),
          new Setting("many, one statement each", 200, 1, 3, new double[] {.3, .4, .3}),
          new Setting("twenty", 20, 60, 3, new double[] {.3, .4, .3}),
          new Setting("five", 5, 20, 3, new double[] {.3, .4, .3}),
          new Setting("two", 2, 10, 3, new double[] {.3, .4, .3}));

  /**
   * What came of one setting.
   *
   * @param coverage share of intervals that hold the speaker's true position
   * @param coverageOfFew the same among speakers of one to four statements; NaN where there are
   *     none
   * @param width mean width of the intervals
   * @param error root mean square error of the scores
   * @param errorOfMean the same of the plain means
   * @param falseChanges share of speakers who did not move but seem to
   */
  record Result(
      double coverage,
      double coverageOfFew,
      double width,
      double error,
      double errorOfMean,
      double falseChanges) {}

  private CoverageSimulation() {}

  public static void main(String[] args) {
    System.out.println(
        "| Speakers | Coverage | with 1–4 statements | Width | Error of score | of mean | False changes |");
    System.out.println("|---|---|---|---|---|---|---|");
    for (Setting setting : SETTINGS) {
      Result r = run(setting, 400_000 / setting.speakers() / 4, 1);
      System.out.printf(
          Locale.ENGLISH,
          "| %s | %.3f | %s | %.2f | %.3f | %.3f | %.3f |%n",
          setting.name(),
          r.coverage(),
          Double.isNaN(r.coverageOfFew())
              ? "–"
              : String.format(Locale.ENGLISH, "%.3f", r.coverageOfFew()),
          r.width(),
          r.error(),
          r.errorOfMean(),
          r.falseChanges());
    }
  }

  static Result run(Setting setting, int rounds, long seed) {
    Random random = new Random(seed);
    long all = 0;
    long held = 0;
    long few = 0;
    long fewHeld = 0;
    long changed = 0;
    double width = 0;
    double squares = 0;
    double squaresOfMean = 0;
    for (int round = 0; round < rounds; round++) {
      List<double[]> shares = new ArrayList<>();
      List<Tally> now = new ArrayList<>();
      List<Tally> before = new ArrayList<>();
      Population earlier = Population.ZERO;
      Population both = Population.ZERO;
      for (int rank = 1; rank <= setting.speakers(); rank++) {
        double[] own = Draws.dirichlet(setting.centre(), setting.concentration(), random);
        int n = Math.max(1, setting.most() / rank);
        Tally first = speak(own, n, random);
        Tally second = speak(own, n, random);
        shares.add(own);
        before.add(first);
        now.add(second);
        earlier = earlier.plus(Population.of(first));
        both = both.plus(Population.of(first)).plus(Population.of(second));
      }
      // The prior of a window comes from that window and those before it.
      Prior prior = both.prior(Scales.STANCE);
      Prior priorBefore = earlier.prior(Scales.STANCE);
      for (int i = 0; i < now.size(); i++) {
        double truth = truth(shares.get(i));
        Score score = prior.score(now.get(i));
        boolean holds = score.low() <= truth && truth <= score.high();
        all++;
        held += holds ? 1 : 0;
        if (score.statements() < 5) {
          few++;
          fewHeld += holds ? 1 : 0;
        }
        width += score.high() - score.low();
        squares += Math.pow(score.score() - truth, 2);
        squaresOfMean += Math.pow(score.mean() - truth, 2);
        changed += score.since(priorBefore.score(before.get(i))).isSignificant() ? 1 : 0;
      }
    }
    return new Result(
        (double) held / all,
        (double) fewHeld / few,
        width / all,
        Math.sqrt(squares / all),
        Math.sqrt(squaresOfMean / all),
        (double) changed / all);
  }

  /** Each true label gives a position near its value: the model is sure of it, more or less. */
  private static Tally speak(double[] shares, int n, Random random) {
    Tally tally = Tally.ZERO;
    for (int i = 0; i < n; i++) {
      double u = random.nextDouble();
      int label = u < shares[0] ? 0 : u < shares[0] + shares[1] ? 1 : 2;
      double sure = 0.6 + 0.4 * random.nextDouble();
      double[] p = {(1 - sure) / 2, (1 - sure) / 2, (1 - sure) / 2};
      p[label] = sure;
      tally = tally.plus(Tally.of(new LabelDistribution(Scales.STANCE, p)));
    }
    return tally;
  }

  /** Returns the expected position of a statement of {@link #speak}. */
  private static double truth(double[] shares) {
    double sure = 0.8;
    return (shares[0] - shares[2]) * (sure - (1 - sure) / 2);
  }
}
