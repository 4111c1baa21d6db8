package org.demarche.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.demarche.features.FeatureBuffer;
import org.demarche.features.Featuriser;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.demarche.training.Examples;
import org.demarche.training.TribuoTrainer;
import org.junit.jupiter.api.Test;

class FeatureTableTest {

  private static final float[] STEPS = {.5f, .25f, .125f, 2, 1};

  private final Featuriser featuriser = new Featuriser();
  private final List<Passage> passages =
      Examples.stance().stream().map(LabelledStatement::passage).toList();

  @Test
  void countsAFeatureOnceHoweverOftenThePassageShowsIt() {
    FeatureBuffer buffer = FeatureBuffer.forScoring();
    for (int labels = 1; labels <= 5; labels++) {
      int[] ids = someFeatures();
      FeatureTable table = new FeatureTable(ids, floats(bytes(ids.length, labels), labels), labels);
      for (Passage passage : passages) {
        Passage twice = Passage.of(passage.text() + " " + passage.text());
        double[] plain = new double[labels];
        double[] fast = new double[labels];
        featuriser.extract(twice, buffer);
        assertThat(table.addTo(fast, buffer))
            .isEqualTo(table.addTo(plain, featuriser.features(twice)))
            .isPositive();
        assertThat(fast).containsExactly(plain, within(1e-12));
      }
    }
  }

  @Test
  void addsBytesAsItAddsFloats() {
    FeatureBuffer buffer = FeatureBuffer.forScoring();
    for (int labels = 1; labels <= 4; labels++) {
      int[] ids = someFeatures();
      byte[] weights = bytes(ids.length, labels);
      FeatureTable floats = new FeatureTable(ids, floats(weights, labels), labels);
      FeatureTable bytes = new FeatureTable(ids, weights, Arrays.copyOf(STEPS, labels), labels);
      for (Passage passage : passages) {
        double[] one = new double[labels];
        double[] other = new double[labels];
        featuriser.extract(passage, buffer);
        assertThat(bytes.addTo(one, buffer)).isEqualTo(floats.addTo(other, buffer));
        assertThat(one).containsExactly(other);
      }
      for (int id : featuriser.features(passages.get(0))) {
        for (int label = 0; label < labels; label++) {
          assertThat(bytes.weight(id, label)).isEqualTo(floats.weight(id, label));
        }
      }
    }
  }

  @Test
  void knowsWhatItWasBuiltOfAndNothingElse() {
    for (int size : new int[] {0, 1, 2, 100, 52_428, 52_429, 100_000}) {
      int[] ids =
          new Random(size).ints().filter(id -> id % 2 != 0).distinct().limit(size).toArray();
      float[] weights = new float[size];
      for (int i = 0; i < size; i++) {
        weights[i] = i + 1;
      }
      FeatureTable table = new FeatureTable(ids, weights, 1);
      for (int i = 0; i < size; i++) {
        assertThat(table.weight(ids[i], 0)).isEqualTo(i + 1);
      }
      int[] others = new Random(-1).ints(1000).map(id -> id & ~1 | 2).toArray();
      assertThat(table.addTo(new double[1], others)).isZero();
    }
  }

  @Test
  void leavesTheFeaturesOfAPassageToTheNextModel() {
    ScaleModel one =
        Examples.train(Examples.stance(), Scales.STANCE, TribuoTrainer.of("linear-svc"));
    ScaleModel two =
        Examples.train(Examples.stance(), Scales.STANCE, TribuoTrainer.of("logistic-regression"));
    FeatureBuffer shared = FeatureBuffer.forScoring();
    List<LabelDistribution> answers = new ArrayList<>();
    List<LabelDistribution> expected = new ArrayList<>();
    for (Passage passage : passages) {
      featuriser.extract(passage, shared);
      for (ScaleModel model : List.of(one, two, one)) {
        answers.add(model.predict(passage, shared));
        expected.add(model.predict(passage));
      }
    }
    assertThat(answers).isEqualTo(expected);
  }

  /** Two in three of the features of the examples. */
  private int[] someFeatures() {
    return passages.stream()
        .flatMapToInt(passage -> Arrays.stream(featuriser.features(passage)))
        .distinct()
        .filter(id -> Math.floorMod(id, 3) != 0)
        .toArray();
  }

  private static byte[] bytes(int features, int labels) {
    byte[] bytes = new byte[features * labels];
    new Random(labels).nextBytes(bytes);
    return bytes;
  }

  private static float[] floats(byte[] bytes, int labels) {
    float[] floats = new float[bytes.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = bytes[i] * STEPS[i % labels];
    }
    return floats;
  }
}
