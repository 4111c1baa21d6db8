package org.demarche.warehouse;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.demarche.text.Sha256;

/**
 * The ids of articles that were removed and must not come in again. {@code _removed/<run>} has a
 * line with the hash of each, so that the warehouse keeps no trace of the id itself.
 */
public final class WithdrawnArticles {

  private static final String FOLDER = "_removed/";

  private WithdrawnArticles() {}

  /** Returns the hashes of the ids of all articles that were removed. */
  public static Set<String> of(Warehouse warehouse) throws IOException {
    return warehouse.texts(FOLDER).values().stream()
        .flatMap(text -> Arrays.stream(text.split("\n")))
        .collect(Collectors.toSet());
  }

  /** Stores the ids of articles that this run removes, with the commit. */
  public static void store(Transaction transaction, Collection<String> ids) throws IOException {
    transaction.put(
        FOLDER + transaction.manifest().runId(),
        ids.stream().map(id -> hash(id) + "\n").sorted().collect(joining()));
  }

  /** Returns the hash of an id. */
  public static String hash(String id) {
    return Sha256.id(id);
  }
}
