package org.demarche.training;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.demarche.model.DenseWeights;
import org.demarche.model.calibration.Softmax;

/**
 * Multinomial logistic regression over dense rows. It minimizes {@code cost · Σ loss + ‖weights‖² /
 * 2}, without a penalty on the biases, by limited-memory BFGS (Liu and Nocedal 1989) with a line
 * search that halves the step.
 *
 * <p>A row may have a target. Each target has weights of its own beside the shared ones, and a
 * row's score is the sum of both (Daumé III 2007). Columns are standardised internally; the
 * returned weights fit the original rows.
 */
final class DenseLogistic {

  private static final int MEMORY = 8;
  private static final int MOST_STEPS = 200;

  /**
   * Fitting stops when a step lowers the loss by less than this part; such steps change no label.
   */
  private static final double SETTLED = 1e-5;

  /** Does not depend on the number of processors, so that sums are the same everywhere. */
  private static final int SLICES = 16;

  private final float[][] rows;
  private final int[] blocks;
  private final int[] labels;
  private final int labelCount;
  private final int blockCount;
  private final int width;
  private final double cost;
  private final double[] rowWeights;
  private final double[] means;
  private final double[] inverseDeviations;

  private DenseLogistic(
      float[][] rows,
      int[] blocks,
      int[] labels,
      double[] rowWeights,
      int labelCount,
      int blockCount,
      double cost) {
    this.blocks = blocks;
    this.labels = labels;
    this.rowWeights = rowWeights;
    this.labelCount = labelCount;
    this.blockCount = blockCount;
    this.width = rows[0].length;
    this.cost = cost;
    this.means = new double[width];
    this.inverseDeviations = new double[width];
    this.rows = standardised(rows);
  }

  /**
   * Fits the weights.
   *
   * @param rows one dense row per statement, all of the same width
   * @param blocks the target of each row, from 1 to {@code blockCount − 1}; 0 for none
   * @param labels index of each row's label
   * @param rowWeights how much each row counts, {@code > 0}
   * @param cost weight of the loss relative to the penalty
   */
  static DenseWeights fit(
      float[][] rows,
      int[] blocks,
      int[] labels,
      double[] rowWeights,
      int labelCount,
      int blockCount,
      double cost) {
    DenseLogistic problem =
        new DenseLogistic(rows, blocks, labels, rowWeights, labelCount, blockCount, cost);
    return problem.inUnitsOfRows(problem.minimise());
  }

  private float[][] standardised(float[][] raw) {
    for (float[] row : raw) {
      for (int j = 0; j < width; j++) {
        means[j] += row[j];
      }
    }
    for (int j = 0; j < width; j++) {
      means[j] /= raw.length;
    }
    for (float[] row : raw) {
      for (int j = 0; j < width; j++) {
        double off = row[j] - means[j];
        inverseDeviations[j] += off * off;
      }
    }
    for (int j = 0; j < width; j++) {
      double deviation = Math.sqrt(inverseDeviations[j] / raw.length);
      inverseDeviations[j] = deviation > 1e-9 ? 1 / deviation : 0;
    }
    float[][] standardised = new float[raw.length][width];
    for (int i = 0; i < raw.length; i++) {
      for (int j = 0; j < width; j++) {
        standardised[i][j] = (float) ((raw[i][j] - means[j]) * inverseDeviations[j]);
      }
    }
    return standardised;
  }

  private int biasAt() {
    return blockCount * labelCount * width;
  }

  private double[] minimise() {
    int n = biasAt() + labelCount;
    double[] at = new double[n];
    double[] gradient = new double[n];
    double loss = lossAndGradient(at, gradient);
    double[][] steps = new double[MEMORY][];
    double[][] turns = new double[MEMORY][];
    int kept = 0;
    for (int round = 0; round < MOST_STEPS; round++) {
      double[] direction = direction(gradient, steps, turns, kept);
      double slope = dot(direction, gradient);
      double length = round == 0 ? 1 / Math.max(1, Math.sqrt(dot(gradient, gradient))) : 1;
      double[] next = new double[n];
      double[] nextGradient = new double[n];
      double nextLoss;
      int halvings = 0;
      while (true) {
        for (int i = 0; i < n; i++) {
          next[i] = at[i] + length * direction[i];
        }
        nextLoss = lossAndGradient(next, nextGradient);
        if (nextLoss <= loss + 1e-4 * length * slope || ++halvings > 30) {
          break;
        }
        length /= 2;
      }
      if (!(nextLoss < loss)) {
        break;
      }
      double[] step = new double[n];
      double[] turn = new double[n];
      for (int i = 0; i < n; i++) {
        step[i] = next[i] - at[i];
        turn[i] = nextGradient[i] - gradient[i];
      }
      if (dot(step, turn) > 1e-12) {
        steps[kept % MEMORY] = step;
        turns[kept % MEMORY] = turn;
        kept++;
      }
      boolean settled = loss - nextLoss < SETTLED * loss;
      at = next;
      gradient = nextGradient;
      loss = nextLoss;
      if (settled) {
        break;
      }
    }
    return at;
  }

  /** Returns the descent direction by the two-loop recursion over the last steps. */
  private static double[] direction(
      double[] gradient, double[][] steps, double[][] turns, int kept) {
    double[] direction = gradient.clone();
    int oldest = Math.max(0, kept - MEMORY);
    double[] alphas = new double[MEMORY];
    for (int i = kept - 1; i >= oldest; i--) {
      double[] step = steps[i % MEMORY];
      double[] turn = turns[i % MEMORY];
      alphas[i % MEMORY] = dot(step, direction) / dot(step, turn);
      add(direction, turn, -alphas[i % MEMORY]);
    }
    if (kept > 0) {
      double[] step = steps[(kept - 1) % MEMORY];
      double[] turn = turns[(kept - 1) % MEMORY];
      double scale = dot(step, turn) / dot(turn, turn);
      for (int i = 0; i < direction.length; i++) {
        direction[i] *= scale;
      }
    }
    for (int i = oldest; i < kept; i++) {
      double beta = dot(turns[i % MEMORY], direction) / dot(steps[i % MEMORY], turns[i % MEMORY]);
      add(direction, steps[i % MEMORY], alphas[i % MEMORY] - beta);
    }
    for (int i = 0; i < direction.length; i++) {
      direction[i] = -direction[i];
    }
    return direction;
  }

  private double lossAndGradient(double[] at, double[] gradient) {
    double[][] parts = new double[SLICES][];
    double[] losses = new double[SLICES];
    IntStream.range(0, SLICES)
        .parallel()
        .forEach(
            slice -> {
              parts[slice] = new double[at.length];
              losses[slice] = sliceLoss(slice, at, parts[slice]);
            });
    double loss = 0;
    Arrays.fill(gradient, 0);
    for (int slice = 0; slice < SLICES; slice++) {
      loss += losses[slice];
      add(gradient, parts[slice], 1);
    }
    int weights = biasAt();
    for (int i = 0; i < weights; i++) {
      loss += at[i] * at[i] / 2;
      gradient[i] += at[i];
    }
    return loss;
  }

  private double sliceLoss(int slice, double[] at, double[] gradient) {
    int from = (int) ((long) rows.length * slice / SLICES);
    int to = (int) ((long) rows.length * (slice + 1) / SLICES);
    double[] p = new double[labelCount];
    double loss = 0;
    for (int i = from; i < to; i++) {
      float[] x = rows[i];
      for (int label = 0; label < labelCount; label++) {
        p[label] = at[biasAt() + label] + dot(at, label * width, x);
        if (blocks[i] > 0) {
          p[label] += dot(at, (blocks[i] * labelCount + label) * width, x);
        }
      }
      Softmax.apply(p);
      double weight = cost * rowWeights[i];
      loss -= weight * StrictMath.log(Math.max(1e-300, p[labels[i]]));
      for (int label = 0; label < labelCount; label++) {
        double off = weight * (p[label] - (label == labels[i] ? 1 : 0));
        gradient[biasAt() + label] += off;
        add(gradient, label * width, x, off);
        if (blocks[i] > 0) {
          add(gradient, (blocks[i] * labelCount + label) * width, x, off);
        }
      }
    }
    return loss;
  }

  private DenseWeights inUnitsOfRows(double[] at) {
    float[][] weights = new float[blockCount * labelCount][width];
    double[] biases = new double[blockCount * labelCount];
    for (int vector = 0; vector < weights.length; vector++) {
      double bias = vector < labelCount ? at[biasAt() + vector] : 0;
      for (int j = 0; j < width; j++) {
        double weight = at[vector * width + j] * inverseDeviations[j];
        weights[vector][j] = (float) weight;
        bias -= weight * means[j];
      }
      biases[vector] = bias;
    }
    return new DenseWeights(weights, biases);
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < b.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  /** Keeps four sums, so that the processor can add to them in parallel. */
  private static double dot(double[] a, int from, float[] b) {
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    int j = 0;
    for (; j + 3 < b.length; j += 4) {
      first += a[from + j] * b[j];
      second += a[from + j + 1] * b[j + 1];
      third += a[from + j + 2] * b[j + 2];
      fourth += a[from + j + 3] * b[j + 3];
    }
    for (; j < b.length; j++) {
      first += a[from + j] * b[j];
    }
    return first + second + third + fourth;
  }

  private static void add(double[] to, double[] what, double times) {
    for (int j = 0; j < what.length; j++) {
      to[j] += times * what[j];
    }
  }

  private static void add(double[] to, int from, float[] what, double times) {
    for (int j = 0; j < what.length; j++) {
      to[from + j] += times * what[j];
    }
  }
}
