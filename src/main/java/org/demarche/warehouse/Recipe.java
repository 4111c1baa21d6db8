package org.demarche.warehouse;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;

/**
 * What the tables of a stage were made with: a digest of everything that determines their rows,
 * stored in {@code _recipes/<label>}. A stage whose digest has not changed keeps its tables.
 */
public enum Recipe {
  EXTRACT,
  SCORE,
  AGGREGATE,
  /** The digest of {@link #SCORE} that the speaker scores were computed with. */
  AGGREGATED_SCORES;

  private static final String FOLDER = "_recipes/";

  /** Returns the name of the stage, and of the file. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the stored digest, if there is one. */
  public Optional<String> digest(Warehouse warehouse) throws IOException {
    return Optional.ofNullable(warehouse.texts(FOLDER).get(label()));
  }

  /** Returns the digest as it will be after the commit, if there is one. */
  public Optional<String> digest(Transaction transaction) throws IOException {
    return Optional.ofNullable(transaction.texts(FOLDER).get(label()));
  }

  /** Stores {@code digest} with the commit. */
  public void store(Transaction transaction, String digest) throws IOException {
    transaction.put(FOLDER + label(), digest);
  }
}
