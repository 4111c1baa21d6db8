package org.demarche.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.encoder.Encoder;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.Passage;
import org.demarche.stance.Scale;
import org.demarche.text.Sha256;

/**
 * A model of the accurate profile: it combines the answers of a pretrained encoder and of a table.
 * It reads about a hundred statements per second per core. All models and threads of a JVM share
 * one encoder.
 */
public final class BlendedModel implements ScaleModel {

  private static final long serialVersionUID = 1;

  /** Limits the cost of {@link #explain}, which reads the passage again for each word. */
  private static final int MOST_WORDS = 1_000;

  private final transient ScaleModel table;
  private final transient EncoderPart part;
  private final transient ModelMetadata metadata;
  private final transient String id;

  /** Null for the bundled encoder. */
  private final transient String encoderDirectory;

  private final transient Encoder encoder;

  /**
   * @param encoderDirectory directory of the encoder, or null for the bundled one
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if the encoder is not
   *     available, or is not the one the model was trained with
   */
  public BlendedModel(
      ScaleModel table, EncoderPart part, ModelMetadata metadata, String encoderDirectory) {
    EncoderHead head = part.head();
    if (head.labelCount() != table.scale().size()) {
      throw DemarcheException.modelIncompatible(
          "encoder.bin is for %d labels, but the scale '%s' has %d"
              .formatted(head.labelCount(), table.scale().name(), table.scale().size()));
    }
    this.table = table;
    this.part = part;
    this.metadata = metadata;
    this.encoderDirectory = encoderDirectory;
    this.encoder = encoder(head, encoderDirectory);
    MessageDigest digest = Sha256.digest();
    digest.update(table.id().getBytes(StandardCharsets.UTF_8));
    digest.update(part.toBytes());
    this.id = Digests.shortHex(digest.digest());
  }

  private static Encoder encoder(EncoderHead head, String directory) {
    Encoder encoder;
    try {
      encoder = Encoder.of(directory);
    } catch (DemarcheException e) {
      throw DemarcheException.modelIncompatible(
          "This model needs the encoder %s. %s".formatted(head.encoderName(), e.getMessage()), e);
    }
    if (!encoder.id().equals(head.encoderId())) {
      throw DemarcheException.modelIncompatible(
          ("This model was trained with the encoder %s (%s), but %s is %s: name its folder with"
                  + " --set encoder.directory=DIR")
              .formatted(
                  head.encoderName(),
                  head.encoderId(),
                  directory == null ? "the bundled one" : directory,
                  encoder.id()));
    }
    int width = head.placed() ? 2 * encoder.width() : encoder.width();
    if (head.weights().width() != width) {
      throw DemarcheException.modelIncompatible(
          "encoder.bin has %d weights a label, but the encoder gives %d numbers"
              .formatted(head.weights().width(), width));
    }
    return encoder;
  }

  @Override
  public ScaleModel table() {
    return table;
  }

  public EncoderPart part() {
    return part;
  }

  @Override
  public Scale scale() {
    return table.scale();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public ModelMetadata metadata() {
    return metadata;
  }

  @Override
  public Profile profile() {
    return Profile.accurate;
  }

  @Override
  public LabelDistribution predict(Passage passage) {
    return answer(part.head().probabilities(encoder, passage), passage);
  }

  private LabelDistribution answer(double[] ofEncoder, Passage passage) {
    double[] ofTable = table.predict(passage).probabilities();
    return new LabelDistribution(scale(), part.blend().apply(ofEncoder, ofTable));
  }

  /**
   * Measures each word by occlusion (Zeiler and Fergus 2014, Li et al. 2016): its contribution is
   * how much the logarithm of each label's probability drops without it. Words act together, so
   * contributions do not sum to the score; the priors hold the remainder. The encoder does not see
   * words beyond its limit, so for these only the table is asked; if the passage has more than
   * {@value #MOST_WORDS} words, they contribute nothing.
   */
  @Override
  public Explanation explain(Passage passage) {
    double[] ofEncoder = part.head().probabilities(encoder, passage);
    LabelDistribution whole = answer(ofEncoder, passage);
    int encodedEnd = encoder.encode(passage.text()).end();
    double[] scores = logarithms(whole.probabilities());
    double[] priors = scores.clone();
    List<Explanation.Word> words = new ArrayList<>();
    List<Explanation.Word> all = table.explain(passage).words();
    for (Explanation.Word word : all) {
      if (word.start() >= encodedEnd && all.size() > MOST_WORDS) {
        words.add(
            new Explanation.Word(word.start(), word.end(), word.text(), new double[scores.length]));
        continue;
      }
      Passage rest = without(passage, word);
      LabelDistribution answer =
          word.start() < encodedEnd ? predict(rest) : answer(ofEncoder, rest);
      double[] without = logarithms(answer.probabilities());
      double[] adds = new double[scores.length];
      for (int label = 0; label < adds.length; label++) {
        adds[label] = scores[label] - without[label];
        priors[label] -= adds[label];
      }
      words.add(new Explanation.Word(word.start(), word.end(), word.text(), adds));
    }
    return new Explanation(Explanation.Kind.OCCLUSION, whole, scores, priors, words);
  }

  /** Replaces the word by spaces, so that the target's offsets stay right. */
  private static Passage without(Passage passage, Explanation.Word word) {
    String text =
        passage.text().substring(0, word.start())
            + " ".repeat(word.end() - word.start())
            + passage.text().substring(word.end());
    return new Passage(text, passage.target(), passage.targetStart(), passage.targetEnd());
  }

  private static double[] logarithms(double[] probabilities) {
    return Arrays.stream(probabilities).map(p -> StrictMath.log(Math.max(1e-15, p))).toArray();
  }

  @Override
  public String description() {
    return String.format(
        Locale.ROOT, // the description is stored
        "encoder %s (%.0f %%) and %s on %,d labelled statements, cross-validated macro-F1 %.3f",
        part.head().encoderName(),
        100 * part.blend().weight(),
        metadata.maker(),
        metadata.trainingRows(),
        metadata.crossValidation().macroF1());
  }

  @Override
  public String kind() {
    return "A pretrained encoder and %s, together".formatted(lowerFirst(table.kind()));
  }

  private static String lowerFirst(String words) {
    return words.substring(0, 1).toLowerCase(Locale.ROOT) + words.substring(1);
  }

  @Override
  public int featureCount() {
    return table.featureCount();
  }

  @Override
  public Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>(table.files());
    files.put(EncoderPart.FILE, part.toBytes());
    return files;
  }

  /** Serializes the model as its files; the other JVM loads its own encoder. */
  private Object writeReplace() {
    return ModelFiles.of(this, encoderDirectory);
  }
}
