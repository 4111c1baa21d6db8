package org.demarche.warehouse;

import java.io.IOException;
import java.util.List;

/**
 * The model that scored the statements on one scale, stored in {@code _models/<scale>}.
 *
 * @param description its id and accuracy, in one line
 */
public record ScoringModel(String scale, String description) {

  private static final String FOLDER = "_models/";

  /** Returns the models of {@code warehouse}, in the order of their scales. */
  public static List<ScoringModel> all(Warehouse warehouse) throws IOException {
    return warehouse.texts(FOLDER).values().stream().map(ScoringModel::parse).toList();
  }

  private static ScoringModel parse(String text) {
    String[] parts = text.strip().split(": ", 2);
    return new ScoringModel(parts[0], parts[1]);
  }

  /** Stores the model with the commit. */
  public void store(Transaction transaction) throws IOException {
    transaction.put(FOLDER + scale, toString());
  }

  /** Returns scale and description in one line. */
  @Override
  public String toString() {
    return scale + ": " + description;
  }
}
