package org.demarche.training;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.demarche.features.Featuriser;
import org.demarche.model.Binary;
import org.demarche.model.FeatureModel;
import org.demarche.model.LinearParameters;
import org.demarche.model.LinearWeights;
import org.demarche.model.ModelFormat;
import org.demarche.model.ModelMetadata;
import org.demarche.model.ScaleModel;
import org.demarche.model.Vocabulary;
import org.demarche.model.calibration.AffineCalibration;
import org.demarche.model.calibration.Calibration;
import org.demarche.stance.Scale;
import org.tribuo.Tribuo;
import org.tribuo.VariableIDInfo;
import org.tribuo.classification.sgd.fm.FMClassificationModel;
import org.tribuo.classification.sgd.fm.FMClassificationTrainer;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.la.DenseVector;
import org.tribuo.math.la.Tensor;
import org.tribuo.math.optimisers.AdaGrad;

/**
 * A factorization machine (Rendle 2010). Each feature has a weight and a vector per label; any two
 * features in a passage add the dot product of their vectors to the score. Tribuo learns it; the
 * {@link Machine} that scores uses flat arrays.
 */
public final class FactorizationMachine implements Trainer, ModelFormat {

  private static final int FACTORS = 4;
  private static final double DEVIATION = 0.01;
  private static final double RATE = 0.1;
  private static final int EPOCHS = 5;
  private static final int MINIMUM_ROWS = 3;
  private static final long SEED = 1;

  private static final String FILE = "factors.bin";
  private static final String KIND = "FACTORS.";
  private static final int FORMAT = 1;
  private static final int MOST_LABELS = 1000;
  private static final int MOST_FACTORS = 1000;

  @Override
  public String backend() {
    return "tribuo";
  }

  @Override
  public String algorithm() {
    return "factorization-machine";
  }

  @Override
  public String libraryVersion() {
    return Tribuo.VERSION;
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("factors", Integer.toString(FACTORS));
    settings.put("epochs", Integer.toString(EPOCHS));
    settings.put("learning-rate", Double.toString(RATE));
    return settings;
  }

  @Override
  public Learnt learn(TrainingSet set, int[] chosen) {
    Vocabulary vocabulary = set.vocabulary(chosen, MINIMUM_ROWS);
    TrainingRows rows = TrainingRows.of(set, chosen, vocabulary, true);
    return copied(train(rows), set.prior(chosen), vocabulary.ids());
  }

  static FMClassificationModel train(TrainingRows rows) {
    return new FMClassificationTrainer(
            new LogMulticlass(), new AdaGrad(RATE), EPOCHS, 1_000_000, 1, SEED, FACTORS, DEVIATION)
        .train(TribuoTrainer.allLabels(rows));
  }

  /** Copies what Tribuo has learnt; labels that do not occur are never answered. */
  static Factors copied(FMClassificationModel model, double[] prior, int[] ids) {
    int k = prior.length;
    double[] biases = new double[k];
    Arrays.fill(biases, LinearWeights.NEVER_SEEN);
    float[] weights = new float[ids.length * k];
    float[] vectors = new float[weights.length * FACTORS];
    DenseVector ofLabels = model.getBiasesCopy();
    DenseMatrix ofFeatures = model.getLinearWeightsCopy();
    Tensor[] factors = model.getFactorsCopy();
    model
        .getOutputIDInfo()
        .forEach(
            pair -> {
              int label = Integer.parseInt(pair.getB().getLabel());
              int row = pair.getA();
              biases[label] = TribuoTrainer.rounded(ofLabels.get(row));
              for (VariableIDInfo info : TribuoTrainer.featureIds(model)) {
                int cell = Integer.parseInt(info.getName()) * k + label;
                weights[cell] = (float) TribuoTrainer.rounded(ofFeatures.get(row, info.getID()));
                for (int factor = 0; factor < FACTORS; factor++) {
                  vectors[cell * FACTORS + factor] =
                      (float)
                          TribuoTrainer.rounded(
                              ((DenseMatrix) factors[row]).get(factor, info.getID()));
                }
              }
            });
    return new Factors(AffineCalibration.none(k), prior, biases, ids, weights, vectors);
  }

  /**
   * The numbers of a machine. The file {@code factors.bin} has them in the frame that {@link
   * Binary} describes (kind {@code FACTORS.}):
   *
   * <pre>
   * int       version of the features
   * int       k, the number of labels
   * int       f, the length of a vector
   * int       n, the number of features
   * int …     the calibration, as in weights.bin
   * double    × k, prior: the distribution of the training labels
   * double    × k, biases
   * int       × n, ids of the features, rising
   * float     × n · k, weights, the labels of one feature side by side
   * float     × n · k · f, vectors, the labels of one feature side by side
   * </pre>
   *
   * @param calibration from raw scores to probabilities
   * @param prior the answer to a passage without known features
   * @param biases one per label
   * @param ids distinct and rising
   * @param weights {@code weights[feature * labels + label]}
   * @param vectors {@code vectors[(feature * labels + label) * length + i]}
   */
  record Factors(
      Calibration calibration,
      double[] prior,
      double[] biases,
      int[] ids,
      float[] weights,
      float[] vectors)
      implements Learnt {

    int length() {
      return weights.length == 0 ? 0 : vectors.length / weights.length;
    }

    @Override
    public ScaleModel model(Scale scale, Calibration by, ModelMetadata metadata) {
      return new Machine(scale, new Factors(by, prior, biases, ids, weights, vectors), metadata);
    }

    /** Returns the index of each feature in {@link #ids}; negative if unknown. */
    int[] places(int[] features) {
      return Arrays.stream(features).map(id -> Arrays.binarySearch(ids, id)).toArray();
    }

    private static double value(int[] places) {
      return LinearParameters.valueOf(
          true, (int) IntStream.of(places).filter(place -> place >= 0).count());
    }

    /** Returns the sums of the vectors of features, {@code sums[label * length + i]}. */
    private double[] sums(int[] places, double value) {
      double[] sums = new double[biases.length * length()];
      for (int place : places) {
        for (int i = 0; place >= 0 && i < sums.length; i++) {
          sums[i] += value * vectors[place * sums.length + i];
        }
      }
      return sums;
    }

    /**
     * Returns what the feature at {@code place} adds to the score of {@code label}: its weight, and
     * half of each product with another feature, which gets the other half.
     */
    private double adds(int place, int label, double value, double[] sums) {
      double adds = value * weights[place * biases.length + label];
      int length = length();
      for (int i = label * length; i < (label + 1) * length; i++) {
        double own = value * vectors[place * sums.length + i];
        adds += own * (sums[i] - own) / 2;
      }
      return adds;
    }

    double[][] contributions(int[] features) {
      int[] places = places(features);
      double value = value(places);
      double[] sums = sums(places, value);
      double[][] contributions = new double[features.length][biases.length];
      for (int i = 0; i < places.length; i++) {
        for (int label = 0; places[i] >= 0 && label < biases.length; label++) {
          contributions[i][label] = adds(places[i], label, value, sums);
        }
      }
      return contributions;
    }

    @Override
    public void score(int[] features, double[] scores) {
      addTo(scores, features);
    }

    /** Adds the raw scores of the labels to {@code scores}; returns whether a feature is known. */
    boolean addTo(double[] scores, int[] features) {
      int[] places = places(features);
      double value = value(places);
      double[] sums = sums(places, value);
      boolean known = false;
      for (int place : places) {
        known |= place >= 0;
        for (int label = 0; place >= 0 && label < scores.length; label++) {
          scores[label] += adds(place, label, value, sums);
        }
      }
      for (int label = 0; label < scores.length; label++) {
        scores[label] += biases[label];
      }
      return known;
    }

    byte[] toBytes() {
      return new Binary.Writer(KIND, FORMAT)
          .put(Featuriser.VERSION)
          .put(biases.length)
          .put(length())
          .put(ids.length)
          .put(calibration)
          .put(prior)
          .put(biases)
          .put(ids)
          .put(weights)
          .put(vectors)
          .toBytes();
    }
  }

  /** The calibrated model. */
  private static final class Machine extends FeatureModel {

    private static final long serialVersionUID = 1;

    private final transient Factors factors;

    Machine(Scale scale, Factors factors, ModelMetadata metadata) {
      super(
          scale,
          new Numbers(factors.calibration(), factors.prior(), factors.biases()),
          factors.toBytes(),
          metadata);
      this.factors = factors;
    }

    @Override
    public boolean score(int[] features, double[] scores) {
      return factors.addTo(scores, features);
    }

    @Override
    protected double[][] contributions(int[] features) {
      return factors.contributions(features);
    }

    @Override
    public String kind() {
      return "A factorization machine over words, pieces of words and their neighbours, in pairs";
    }

    @Override
    public int featureCount() {
      return factors.ids().length;
    }

    @Override
    public Map<String, byte[]> files() {
      return Map.of(FILE, factors.toBytes());
    }
  }

  @Override
  public String file() {
    return FILE;
  }

  @Override
  public ScaleModel read(Scale scale, byte[] bytes, ModelMetadata metadata) {
    Binary.Reader in = new Binary.Reader(FILE, bytes, KIND, FORMAT);
    in.featureVersion();
    int k = in.number(2, MOST_LABELS, "labels");
    int length = in.number(0, MOST_FACTORS, "numbers per vector");
    int n = in.number(0, Integer.MAX_VALUE, "features");
    in.require(
        (long) n * k * Math.max(1, length) < Integer.MAX_VALUE, "has too many features: %d", n);
    Calibration calibration = in.calibration(k);
    double[] prior = in.distribution(k);
    double[] biases = in.doubles(k);
    int[] ids = in.ids(n);
    float[] weights = in.reals(n * k);
    float[] vectors = in.reals(n * k * length);
    in.end();
    return new Machine(
        scale, new Factors(calibration, prior, biases, ids, weights, vectors), metadata);
  }
}
