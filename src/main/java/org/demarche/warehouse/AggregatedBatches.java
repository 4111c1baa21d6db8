package org.demarche.warehouse;

import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
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
    return lines(transaction, BATCHES);
  }

  /** Returns the ids of the speakers who have lost statements since. */
  public static SortedSet<String> touched(Transaction transaction) throws IOException {
    return lines(transaction, TOUCHED);
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

  private static SortedSet<String> lines(Transaction transaction, String name) throws IOException {
    TreeSet<String> lines =
        new TreeSet<>(Arrays.asList(transaction.texts(FOLDER).getOrDefault(name, "").split("\n")));
    lines.remove("");
    return lines;
  }
}
