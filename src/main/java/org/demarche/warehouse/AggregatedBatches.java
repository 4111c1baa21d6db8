package org.demarche.warehouse;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the scores of speakers were computed from: the batches of statement scores, and the speakers
 * who have lost statements since. From it the next run tells which speakers it must add up again.
 */
public final class AggregatedBatches {

  private static final String FOLDER = "_aggregated/";

  private static final String BATCHES = "batches";
  private static final String TOUCHED = "touched";

  private AggregatedBatches() {}

  /** Returns the batches; none if the speakers have not been scored yet. */
  public static SortedSet<String> of(Transaction transaction) throws IOException {
    return lines(transaction.texts(FOLDER), BATCHES);
  }

  /** Returns whether the scores of speakers are those of the statements after the commit. */
  public static boolean areCurrent(Transaction transaction) throws IOException {
    return areCurrent(transaction.texts(FOLDER), transaction.batches(StatementScoreTable.TABLE));
  }

  /** Returns whether the scores of speakers are those of the statements. */
  public static boolean areCurrent(Warehouse warehouse) throws IOException {
    return areCurrent(warehouse.texts(FOLDER), warehouse.batches(StatementScoreTable.TABLE));
  }

  private static boolean areCurrent(Map<String, String> texts, SortedSet<String> batches) {
    return lines(texts, BATCHES).equals(batches) && lines(texts, TOUCHED).isEmpty();
  }

  /** Returns the ids of the speakers who have lost statements since. */
  public static SortedSet<String> touched(Transaction transaction) throws IOException {
    return lines(transaction.texts(FOLDER), TOUCHED);
  }

  /** Stores, with the commit, that speakers lose statements. */
  public static void touch(Transaction transaction, Collection<String> speakers)
      throws IOException {
    SortedSet<String> all = touched(transaction);
    all.addAll(speakers);
    transaction.put(FOLDER + TOUCHED, String.join("\n", all));
  }

  /** Stores, with the commit, that the scores of speakers are those of these batches. */
  public static void store(Transaction transaction, Collection<String> batches) throws IOException {
    transaction.put(FOLDER + BATCHES, String.join("\n", batches));
    transaction.put(FOLDER + TOUCHED, "");
  }

  /**
   * Stores, with the commit, that the rows of all batches are now in these batches. If a batch had
   * not been added up before, none of these counts as added up.
   */
  public static void merge(Transaction transaction, Collection<String> batches) throws IOException {
    if (of(transaction).equals(transaction.warehouse().batches(StatementScoreTable.TABLE))) {
      transaction.put(FOLDER + BATCHES, String.join("\n", batches));
    }
  }

  private static SortedSet<String> lines(Map<String, String> texts, String name) {
    TreeSet<String> lines = new TreeSet<>(Arrays.asList(texts.getOrDefault(name, "").split("\n")));
    lines.remove("");
    return lines;
  }
}
