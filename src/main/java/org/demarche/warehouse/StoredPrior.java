package org.demarche.warehouse;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How the answers of a model were adjusted to other label shares than those of its training, stored
 * in {@code _priors/<scale>}.
 *
 * @param scale the scale of the model
 * @param model id of the model
 * @param shares the share of each label, in the order of the scale; null if answers are not
 *     adjusted
 * @param meanProbabilities for each true label, the mean adjusted answer; null without shares
 */
// Older versions of Jackson put names that are given by an annotation first.
@JsonPropertyOrder({"scale", "model", "shares", "mean_probabilities"})
public record StoredPrior(
    String scale,
    String model,
    double[] shares,
    @JsonProperty("mean_probabilities") double[][] meanProbabilities) {

  private static final String FOLDER = "_priors/";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Returns the adjustments of {@code warehouse} by scale. */
  public static Map<String, StoredPrior> of(Warehouse warehouse) throws IOException {
    return parse(warehouse.texts(FOLDER));
  }

  /** Returns the adjustments as they will be after the commit, by scale. */
  public static Map<String, StoredPrior> of(Transaction transaction) throws IOException {
    return parse(transaction.texts(FOLDER));
  }

  private static Map<String, StoredPrior> parse(Map<String, String> texts) throws IOException {
    Map<String, StoredPrior> priors = new TreeMap<>();
    for (Map.Entry<String, String> text : texts.entrySet()) {
      try {
        priors.put(text.getKey(), JSON.readValue(text.getValue(), StoredPrior.class));
      } catch (JsonProcessingException e) {
        throw new IOException("The file %s%s is damaged".formatted(FOLDER, text.getKey()), e);
      }
    }
    return priors;
  }

  /** Stores the adjustment with the commit. */
  public void store(Transaction transaction) throws IOException {
    transaction.put(FOLDER + scale, JSON.writeValueAsString(this) + "\n");
  }
}
