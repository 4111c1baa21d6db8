package org.demarche.attribution.learned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** The chain must agree with what all paths say, one by one. */
class TagChainTest {

  private static final int TAGS = TagChain.TAGS;
  private static final int LENGTH = 4;

  private final float[][] transitions = new float[TagChain.EDGES][TAGS * TAGS];
  private final float[][] nodes = new float[LENGTH][TAGS];
  private final int[] edges = new int[LENGTH];
  private final double[][] sums = new double[LENGTH][TAGS];
  private final List<byte[]> paths = new ArrayList<>();
  private double total;

  @RepeatedTest(5)
  void agreesWithAllPaths(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (float[] edge : transitions) {
      for (int i = 0; i < edge.length; i++) {
        edge[i] = (float) random.nextGaussian();
      }
    }
    TagChain chain = new TagChain();
    chain.transitions(transitions);
    chain.start(LENGTH);
    for (int at = 0; at < LENGTH; at++) {
      edges[at] = random.nextInt(TagChain.EDGES);
      for (int tag = 0; tag < TAGS; tag++) {
        nodes[at][tag] = TagChain.exp((float) random.nextGaussian());
      }
      chain.token(at, edges[at], nodes[at]);
    }
    walk(new byte[LENGTH], 0, 1);

    chain.sum();
    byte[] path = new byte[LENGTH];
    chain.best(path, 0);

    assertThat(expectedRight(path))
        .isEqualTo(
            paths.stream().mapToDouble(this::expectedRight).max().orElseThrow(), within(1e-4));
    assertThat(paths).contains(path);
    float[] pairs = new float[TAGS * TAGS];
    for (int at = 0; at < LENGTH; at++) {
      for (int tag = 0; tag < TAGS; tag++) {
        assertThat((double) chain.marginal(at, tag)).isEqualTo(sums[at][tag] / total, within(1e-5));
      }
      if (at > 0) {
        chain.pairs(at, pairs);
        double sum = 0;
        for (int before = 0; before < TAGS; before++) {
          sum += pairs[before * TAGS + path[at]];
        }
        assertThat(sum).isEqualTo(chain.marginal(at, path[at]), within(1e-4));
      }
    }
  }

  /** Returns how many tags of a path are right, to be expected. */
  private double expectedRight(byte[] path) {
    double right = 0;
    for (int at = 0; at < LENGTH; at++) {
      right += sums[at][path[at]] / total;
    }
    return right;
  }

  private void walk(byte[] path, int at, double weight) {
    if (at == LENGTH) {
      total += weight;
      paths.add(path.clone());
      for (int i = 0; i < LENGTH; i++) {
        sums[i][path[i]] += weight;
      }
      return;
    }
    for (Tag tag : Tag.values()) {
      boolean allowed = at == 0 ? !tag.isInside() : tag.follows(Tag.values()[path[at - 1]]);
      if (allowed) {
        path[at] = (byte) tag.ordinal();
        double step =
            at == 0 ? 1 : Math.exp(transitions[edges[at]][path[at - 1] * TAGS + tag.ordinal()]);
        walk(path, at + 1, weight * step * nodes[at][tag.ordinal()]);
      }
    }
  }

  /** Thousands of tokens neither vanish nor overflow. */
  @Test
  void holdsOverALongParagraph() {
    TagChain chain = new TagChain();
    float[] steep = new float[TAGS * TAGS];
    java.util.Arrays.fill(steep, 5);
    java.util.Arrays.fill(transitions, steep);
    chain.transitions(transitions);
    chain.start(50_000);
    float[] likelihoods = {1, 1e-9f, 1e-9f, 1e-9f, 1e-9f, 1e-9f, 1e-9f, 1e-9f};
    for (int at = 0; at < 50_000; at++) {
      chain.token(at, 0, likelihoods);
    }
    chain.sum();
    assertThat(chain.marginal(25_000, 0)).isCloseTo(1f, within(1e-3f));
  }

  @Test
  void takesPowersOfE() {
    for (float score = -27; score <= 27; score += .37f) {
      double exact = Math.exp(score);
      assertThat((double) TagChain.exp(score)).isEqualTo(exact, within(exact * 1e-5));
    }
    assertThat(TagChain.exp(-1000)).isPositive();
  }
}
