package org.demarche.model;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The features that training keeps, numbered without gaps.
 *
 * @param ids distinct and rising
 */
public record Vocabulary(int[] ids) {

  /** Keeps the features that occur in at least {@code least} rows. */
  public static Vocabulary of(int[][] rows, int least) {
    int[] all = Arrays.stream(rows).flatMapToInt(Arrays::stream).sorted().toArray();
    int kept = 0;
    for (int i = 0; i < all.length; ) {
      int end = i + 1;
      while (end < all.length && all[end] == all[i]) {
        end++;
      }
      if (end - i >= least) {
        all[kept++] = all[i];
      }
      i = end;
    }
    return new Vocabulary(Arrays.copyOf(all, kept));
  }

  /** Returns these features and {@code others}. */
  public Vocabulary with(int[] others) {
    return new Vocabulary(
        IntStream.concat(Arrays.stream(ids), Arrays.stream(others)).distinct().sorted().toArray());
  }

  public int size() {
    return ids.length;
  }

  /** Replaces the ids in {@code rows} by their numbers and drops features that are not kept. */
  public int[][] numbered(int[][] rows) {
    return Arrays.stream(rows)
        .map(
            row ->
                Arrays.stream(row)
                    .map(id -> Arrays.binarySearch(ids, id))
                    .filter(number -> number >= 0)
                    .toArray())
        .toArray(int[][]::new);
  }
}
