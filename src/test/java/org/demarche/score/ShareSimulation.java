package org.demarche.score;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.ClassificationReport.LabelFigures;
import org.demarche.model.store.ModelStore;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Scales;

/**
 * Makes up speakers with known shares of labels, lets a model that confuses labels read them, and
 * compares three shares with the truth: the plain one, the adjusted one as the equations give it
 * (what is negative set to 0), and the adjusted one where it is given. The main method prints the
 * table of docs/scores.md from the confusions of the bundled models.
 */
final class ShareSimulation {

  /**
   * Scatter of a statement's log-odds around those of its true label. With it the made-up answers
   * have a Brier score of .34 and an accuracy of .76 from the confusions of the bundled stance
   * model, whose own are .33 and .76.
   */
  private static final double SCATTER = 1.3;

  /** How alike the speakers are: each draws its shares from a Dirichlet distribution. */
  private static final double CONCENTRATION = 3;

  /** An adjusted share that a page would round to 0 %. */
  private static final double ZERO = 0.005;

  private static final double WRONG = 0.2;

  /**
   * What came of speakers with one number of statements. Errors are root mean squares.
   *
   * @param given share of the speakers whose adjusted shares are given
   * @param zeros share of the speakers of whom the equations would say 0 % of a label
   * @param otherSide share of all speakers whom the equations would put on the other side of the
   *     middle of the scale than their mean position does
   * @param errorOfShare error of the plain shares, all speakers
   * @param errorOfEquations error of what the equations say, all speakers
   * @param errorOfShareThere error of the plain shares of the speakers whose adjusted ones are
   *     given
   * @param error error of the adjusted shares that are given
   * @param wrongShareThere share of the speakers whose adjusted shares are given with a plain share
   *     that is off by more than 20 points
   * @param wrong the same of the adjusted shares that are given
   */
  record Result(
      double given,
      double zeros,
      double otherSide,
      double errorOfShare,
      double errorOfEquations,
      double errorOfShareThere,
      double error,
      double wrongShareThere,
      double wrong) {}

  private final Random random;
  private final double[] centre;
  private final long[] heldOut;

  /** Log-odds of the labels, for each true label, around which statements scatter. */
  private final double[][] logits;

  /**
   * @param confusion mean probability of each label for statements of each true label
   * @param heldOut from how many statements of each label it will seem to be known
   */
  ShareSimulation(double[][] confusion, long[] heldOut, long seed) {
    this.random = new Random(seed);
    this.heldOut = heldOut;
    double all = Arrays.stream(heldOut).sum();
    this.centre = Arrays.stream(heldOut).mapToDouble(n -> n / all).toArray();
    this.logits = logits(confusion);
  }

  public static void main(String[] args) {
    System.out.println(
        "| Model | n | Given | 0 % | Other side | Error: share | equations | where given: share | adjusted | off: share | adjusted |");
    System.out.println("|---|---|---|---|---|---|---|---|---|---|---|");
    for (String name : List.of("stance", "sentiment")) {
      ClassificationReport heldOut = ModelStore.loadBundled(name).metadata().crossValidation();
      ShareSimulation simulation =
          new ShareSimulation(
              heldOut.meanProbabilities(),
              heldOut.labels().stream().mapToLong(LabelFigures::support).toArray(),
              1);
      for (int n : new int[] {5, 10, 20, 40, 60, 80, 120, 200}) {
        Result r = simulation.run(n, 1_000_000 / n / 4);
        System.out.printf(
            Locale.ENGLISH,
            "| %s | %d | %.2f | %.2f | %.2f | %.3f | %.3f | %.3f | %.3f | %.2f | %.2f |%n",
            name,
            n,
            r.given(),
            r.zeros(),
            r.otherSide(),
            r.errorOfShare(),
            r.errorOfEquations(),
            r.errorOfShareThere(),
            r.error(),
            r.wrongShareThere(),
            r.wrong());
      }
    }
  }

  /** Simulates {@code speakers} speakers of {@code n} statements each. */
  Result run(int n, int speakers) {
    int k = logits.length;
    double given = 0;
    double zeros = 0;
    double share = 0;
    double equations = 0;
    double shareThere = 0;
    double adjusted = 0;
    double wrongShare = 0;
    double wrong = 0;
    double otherSide = 0;
    ShareCorrection correction = null;
    for (int speaker = 0; speaker < speakers; speaker++) {
      if (speaker % 100 == 0) {
        // The confusions are known from held-out statements, too.
        correction = correction();
      }
      double[] truth = shares();
      Tally tally = Tally.ZERO;
      for (int i = 0; i < n; i++) {
        tally = tally.plus(Tally.of(new LabelDistribution(Scales.STANCE, answer(draw(truth)))));
      }
      double[] plain = new double[k];
      for (int i = 0; i < k; i++) {
        plain[i] = (double) tally.labelStatements()[i] / n;
      }
      double[] said = atLeastZero(correction.shares(tally.meanProbabilities()));
      share += squares(plain, truth);
      equations += squares(said, truth);
      zeros += Arrays.stream(said).anyMatch(s -> s < ZERO) ? 1 : 0;
      otherSide += tally.mean() * (said[0] - said[k - 1]) < 0 ? 1 : 0;
      double[] steady = correction.adjust(tally).orElse(null);
      if (steady != null) {
        given++;
        shareThere += squares(plain, truth);
        adjusted += squares(steady, truth);
        wrongShare += isWrong(plain, truth) ? 1 : 0;
        wrong += isWrong(steady, truth) ? 1 : 0;
      }
    }
    return new Result(
        given / speakers,
        zeros / speakers,
        otherSide / speakers,
        Math.sqrt(share / speakers / k),
        Math.sqrt(equations / speakers / k),
        Math.sqrt(shareThere / given / k),
        Math.sqrt(adjusted / given / k),
        wrongShare / given,
        wrong / given);
  }

  private ShareCorrection correction() {
    double[][] means = new double[logits.length][logits.length];
    for (int label = 0; label < means.length; label++) {
      for (long i = 0; i < heldOut[label]; i++) {
        double[] p = answer(label);
        for (int j = 0; j < p.length; j++) {
          means[label][j] += p[j] / heldOut[label];
        }
      }
    }
    return new ShareCorrection(Scales.STANCE, means, heldOut);
  }

  /** The probabilities that the model gives to a statement of {@code label}. */
  private double[] answer(int label) {
    return softmax(logits[label], random);
  }

  private int draw(double[] shares) {
    double u = random.nextDouble();
    int label = 0;
    while (label < shares.length - 1 && u >= shares[label]) {
      u -= shares[label++];
    }
    return label;
  }

  private double[] shares() {
    return Draws.dirichlet(centre, CONCENTRATION, random);
  }

  /** Returns log-odds whose scattered softmax has the means {@code confusion}. */
  private static double[][] logits(double[][] confusion) {
    double[][] logits = new double[confusion.length][];
    for (int label = 0; label < confusion.length; label++) {
      double[] row = confusion[label];
      double[] found = Arrays.stream(row).map(Math::log).toArray();
      for (int step = 0; step < 50; step++) {
        Random same = new Random(label);
        double[] mean = new double[row.length];
        for (int i = 0; i < 5000; i++) {
          double[] p = softmax(found, same);
          for (int j = 0; j < mean.length; j++) {
            mean[j] += p[j] / 5000;
          }
        }
        for (int j = 0; j < mean.length; j++) {
          found[j] += Math.log(row[j] / mean[j]);
        }
      }
      logits[label] = found;
    }
    return logits;
  }

  private static double[] softmax(double[] logits, Random random) {
    double[] p = new double[logits.length];
    double sum = 0;
    for (int j = 0; j < p.length; j++) {
      p[j] = Math.exp(logits[j] + SCATTER * random.nextGaussian());
      sum += p[j];
    }
    for (int j = 0; j < p.length; j++) {
      p[j] /= sum;
    }
    return p;
  }

  private static double[] atLeastZero(double[] shares) {
    double[] cut = Arrays.stream(shares).map(s -> Math.max(0, s)).toArray();
    double sum = Arrays.stream(cut).sum();
    return Arrays.stream(cut).map(s -> s / sum).toArray();
  }

  private static double squares(double[] shares, double[] truth) {
    double squares = 0;
    for (int i = 0; i < shares.length; i++) {
      squares += Math.pow(shares[i] - truth[i], 2);
    }
    return squares;
  }

  private static boolean isWrong(double[] shares, double[] truth) {
    boolean wrong = false;
    for (int i = 0; i < shares.length; i++) {
      wrong |= Math.abs(shares[i] - truth[i]) > WRONG;
    }
    return wrong;
  }
}
