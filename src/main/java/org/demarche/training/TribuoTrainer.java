package org.demarche.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.demarche.features.PlacedWord;
import org.demarche.model.LinearWeights;
import org.tribuo.Model;
import org.tribuo.MutableDataset;
import org.tribuo.Tribuo;
import org.tribuo.VariableIDInfo;
import org.tribuo.VariableInfo;
import org.tribuo.classification.Label;
import org.tribuo.classification.LabelFactory;
import org.tribuo.classification.liblinear.LibLinearClassificationTrainer;
import org.tribuo.classification.liblinear.LinearClassificationType;
import org.tribuo.classification.sgd.LabelObjective;
import org.tribuo.classification.sgd.linear.LinearSGDModel;
import org.tribuo.classification.sgd.linear.LinearSGDTrainer;
import org.tribuo.classification.sgd.objectives.Hinge;
import org.tribuo.classification.sgd.objectives.LogMulticlass;
import org.tribuo.common.liblinear.LibLinearModel;
import org.tribuo.impl.ArrayExample;
import org.tribuo.math.la.DenseMatrix;
import org.tribuo.math.optimisers.AdaGrad;
import org.tribuo.provenance.SimpleDataSourceProvenance;

/**
 * Learns weights with Tribuo.
 *
 * <p>{@code linear-svc} learns one support vector machine per label against the rest, with squared
 * hinge loss in the dual (LibLinear; Fan et al. 2008). Every feature is scaled by its log-count
 * ratio for that label (Wang and Manning 2012); an {@link InducedLexicon} adds features for words
 * around a target. Its results are the same on every machine, as it uses only + − × ÷ and {@link
 * StrictMath}.
 *
 * <p>{@code logistic-regression} minimizes the cross entropy over all labels by AdaGrad. Tribuo
 * calls {@code Math.exp}, whose last bit differs between machines. Weights are rounded to multiples
 * of 2⁻²⁰, so that these differences hardly ever show.
 *
 * <p>{@code sgd} minimizes the multiclass hinge loss (Crammer and Singer 2001) by AdaGrad.
 */
public final class TribuoTrainer implements LinearTrainer {

  /** The algorithms, the default first. */
  public static final List<String> ALGORITHMS = List.of("linear-svc", "logistic-regression", "sgd");

  private static final long SEED = 1;
  private static final double GRID = 1 << 20;

  private static final double COST = 0.005;

  /** Lower, because rows with placed words have twice as many features. */
  private static final double COST_WITH_PLACED_WORDS = 0.002;

  private static final int ITERATIONS = 1000;
  private static final double TOLERANCE = 0.05;

  private static final int EPOCHS = 5;
  private static final double LEARNING_RATE = 0.3;

  private final String algorithm;

  private TribuoTrainer(String algorithm) {
    this.algorithm = algorithm;
  }

  /**
   * Returns the trainer for one of {@link #ALGORITHMS}.
   *
   * @throws IllegalArgumentException if there is no such algorithm
   */
  public static TribuoTrainer of(String algorithm) {
    if (!ALGORITHMS.contains(algorithm)) {
      throw new IllegalArgumentException(
          "Tribuo has no algorithm '%s' here; there are %s".formatted(algorithm, ALGORITHMS));
    }
    return new TribuoTrainer(algorithm);
  }

  @Override
  public String backend() {
    return "tribuo";
  }

  @Override
  public String algorithm() {
    return algorithm;
  }

  @Override
  public String libraryVersion() {
    return Tribuo.VERSION;
  }

  @Override
  public boolean normalised() {
    return !algorithm.equals("linear-svc");
  }

  @Override
  public Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    if (algorithm.equals("linear-svc")) {
      settings.put("cost", "%s, with placed words %s".formatted(COST, COST_WITH_PLACED_WORDS));
      settings.put("feature-scaling", "log-count ratio");
      settings.put("lexicon", "induced, around targets");
    } else {
      settings.put("epochs", Integer.toString(EPOCHS));
      settings.put("learning-rate", Double.toString(LEARNING_RATE));
    }
    return settings;
  }

  @Override
  public LinearWeights train(TrainingRows rows) {
    return switch (algorithm) {
      case "linear-svc" -> supportVectors(rows);
      case "logistic-regression" -> gradientDescent(rows, new LogMulticlass());
      default -> gradientDescent(rows, new Hinge());
    };
  }

  private static LinearWeights supportVectors(TrainingRows rows) {
    int k = rows.labelCount();
    double[] weights = new double[rows.featureCount() * k];
    double[] biases = new double[k];
    long[] counts = rows.labelCounts();
    String[] names = names(rows.featureCount() + PlacedWord.POSITIONS);
    for (int label = 0; label < k; label++) {
      if (counts[label] == 0) {
        biases[label] = LinearWeights.NEVER_SEEN;
        continue;
      }
      double[] ratios = logCountRatios(rows, label);
      InducedLexicon lexicon = InducedLexicon.of(rows, label);
      MutableDataset<Label> dataset = oneAgainstRest(rows, label, ratios, lexicon, names);
      LibLinearModel<Label> model = supportVectorTrainer(rows).train(dataset);
      copyBinary(model, ratios, lexicon, label, k, weights, biases);
    }
    return new LinearWeights(weights, biases);
  }

  static LibLinearClassificationTrainer supportVectorTrainer(TrainingRows rows) {
    return new LibLinearClassificationTrainer(
        new LinearClassificationType(LinearClassificationType.LinearType.L2R_L2LOSS_SVC_DUAL),
        rows.hasPlacedWords() ? COST_WITH_PLACED_WORDS : COST,
        ITERATIONS,
        TOLERANCE,
        SEED);
  }

  /**
   * Returns for each feature the logarithm of its frequency in rows of {@code label} over that in
   * other rows, each count smoothed by 1.
   */
  static double[] logCountRatios(TrainingRows rows, int label) {
    double[] in = new double[rows.featureCount()];
    double[] out = new double[rows.featureCount()];
    Arrays.fill(in, 1);
    Arrays.fill(out, 1);
    for (int i = 0; i < rows.size(); i++) {
      double[] side = rows.labels()[i] == label ? in : out;
      for (int feature : rows.features()[i]) {
        side[feature]++;
      }
    }
    double sumIn = Arrays.stream(in).sum();
    double sumOut = Arrays.stream(out).sum();
    for (int feature = 0; feature < in.length; feature++) {
      in[feature] = StrictMath.log(in[feature] / sumIn / (out[feature] / sumOut));
    }
    return in;
  }

  /** Appends the lexicon's sum for each position to the features of a row. */
  static MutableDataset<Label> oneAgainstRest(
      TrainingRows rows, int label, double[] ratios, InducedLexicon lexicon, String[] names) {
    MutableDataset<Label> dataset = emptyDataset();
    Label is = new Label("is");
    Label rest = new Label("rest");
    for (int i = 0; i < rows.size(); i++) {
      int[] features = rows.features()[i];
      double[] sums = lexicon.sums(i);
      String[] rowNames = new String[features.length + sums.length];
      double[] values = new double[rowNames.length];
      for (int j = 0; j < features.length; j++) {
        rowNames[j] = names[features[j]];
        values[j] = rows.values()[i] * ratios[features[j]];
      }
      for (int position = 0; position < sums.length; position++) {
        rowNames[features.length + position] = names[rows.featureCount() + position];
        values[features.length + position] = rows.values()[i] * sums[position];
      }
      if (features.length > 0) {
        dataset.add(new ArrayExample<>(rows.labels()[i] == label ? is : rest, rowNames, values));
      }
    }
    return dataset;
  }

  private static void copyBinary(
      LibLinearModel<Label> model,
      double[] ratios,
      InducedLexicon lexicon,
      int label,
      int labels,
      double[] weights,
      double[] biases) {
    de.bwaldvogel.liblinear.Model inner = model.getInnerModels().get(0);
    double[] learnt = inner.getFeatureWeights();
    int isId = model.getOutputIDInfo().getID(new Label("is"));
    // LibLinear's only vector is for the label that it saw first.
    double sign = inner.getLabels()[0] == isId ? 1 : -1;
    int learntFeatures = inner.getNrFeature();
    double[] ofPositions = new double[PlacedWord.POSITIONS];
    for (VariableIDInfo info : featureIds(model)) {
      int feature = Integer.parseInt(info.getName());
      double weight = sign * learnt[info.getID()];
      if (feature < ratios.length) {
        weights[feature * labels + label] = weight * ratios[feature];
      } else {
        ofPositions[feature - ratios.length] = weight;
      }
    }
    for (int feature = 0; feature < ratios.length; feature++) {
      weights[feature * labels + label] += lexicon.weight(feature, ofPositions);
    }
    biases[label] = sign * learnt[learntFeatures] * inner.getBias();
  }

  private static LinearWeights gradientDescent(TrainingRows rows, LabelObjective objective) {
    int k = rows.labelCount();
    LinearSGDModel model = gradientTrainer(objective).train(allLabels(rows));
    double[] weights = new double[rows.featureCount() * k];
    double[] biases = new double[k];
    Arrays.fill(biases, LinearWeights.NEVER_SEEN);
    DenseMatrix learnt = model.getWeightsCopy();
    int learntFeatures = model.getFeatureIDMap().size();
    model
        .getOutputIDInfo()
        .forEach(
            pair -> {
              int label = Integer.parseInt(pair.getB().getLabel());
              for (VariableIDInfo info : featureIds(model)) {
                weights[Integer.parseInt(info.getName()) * k + label] =
                    rounded(learnt.get(pair.getA(), info.getID()));
              }
              biases[label] = rounded(learnt.get(pair.getA(), learntFeatures));
            });
    return new LinearWeights(weights, biases);
  }

  static MutableDataset<Label> allLabels(TrainingRows rows) {
    MutableDataset<Label> dataset = emptyDataset();
    String[] names = names(rows.featureCount());
    for (int i = 0; i < rows.size(); i++) {
      int[] features = rows.features()[i];
      String[] rowNames = Arrays.stream(features).mapToObj(f -> names[f]).toArray(String[]::new);
      double[] values = new double[features.length];
      Arrays.fill(values, rows.values()[i]);
      if (features.length > 0) {
        dataset.add(
            new ArrayExample<>(new Label(Integer.toString(rows.labels()[i])), rowNames, values));
      }
    }
    return dataset;
  }

  static LinearSGDTrainer gradientTrainer(LabelObjective objective) {
    return new LinearSGDTrainer(objective, new AdaGrad(LEARNING_RATE), EPOCHS, 1_000_000, 1, SEED);
  }

  static double rounded(double weight) {
    return Math.rint(weight * GRID) / GRID;
  }

  private static MutableDataset<Label> emptyDataset() {
    LabelFactory factory = new LabelFactory();
    return new MutableDataset<>(
        new SimpleDataSourceProvenance("labelled statements", factory), factory);
  }

  static List<VariableIDInfo> featureIds(Model<Label> model) {
    List<VariableIDInfo> ids = new ArrayList<>();
    for (VariableInfo info : model.getFeatureIDMap()) {
      ids.add((VariableIDInfo) info);
    }
    return ids;
  }

  static String[] names(int features) {
    String[] names = new String[features];
    for (int feature = 0; feature < features; feature++) {
      names[feature] = Integer.toString(feature);
    }
    return names;
  }
}
