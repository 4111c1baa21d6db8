package org.demarche.score;

import java.util.Random;

/** Random draws for the simulations. */
final class Draws {

  private Draws() {}

  /**
   * Returns shares drawn from a Dirichlet distribution.
   *
   * @param centre the mean shares
   * @param concentration how near to them the draws lie; large means near
   */
  static double[] dirichlet(double[] centre, double concentration, Random random) {
    double[] draw = new double[centre.length];
    double sum = 0;
    for (int i = 0; i < draw.length; i++) {
      draw[i] = gamma(concentration * centre[i], random);
      sum += draw[i];
    }
    for (int i = 0; i < draw.length; i++) {
      draw[i] /= sum;
    }
    return draw;
  }

  /** Marsaglia and Tsang, A Simple Method for Generating Gamma Variables, 2000. */
  private static double gamma(double shape, Random random) {
    if (shape < 1) {
      return gamma(shape + 1, random) * Math.pow(1 - random.nextDouble(), 1 / shape);
    }
    double d = shape - 1.0 / 3;
    double c = 1 / Math.sqrt(9 * d);
    while (true) {
      double x = random.nextGaussian();
      double v = Math.pow(1 + c * x, 3);
      if (v > 0 && Math.log(1 - random.nextDouble()) < 0.5 * x * x + d - d * v + d * Math.log(v)) {
        return d * v;
      }
    }
  }
}
