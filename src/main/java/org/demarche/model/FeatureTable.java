package org.demarche.model;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.demarche.DemarcheException;
import org.demarche.ExitStatus;
import org.demarche.features.FeatureBuffer;

/**
 * A hash table of feature ids and their weights in flat arrays. Looking up a feature takes one
 * comparison, at a place computed from its id alone. Immutable.
 *
 * <p>The place of an id is a perfect hash by displacement (Belazzougui, Botelho and Dietzfelbinger,
 * <em>Hash, displace, and compress</em>, 2009, without the compression): ids fall into small
 * buckets, and for each bucket the builder finds a number that maps its ids to free places.
 * Look-ups never probe further, so they have no branch that the processor could mispredict, and the
 * memory accesses of many features overlap.
 */
public final class FeatureTable {

  /** With more labels, the weights do not fit beside the id in a cell. */
  static final int MOST_LABELS_IN_BYTES = 4;

  private static final int PER_BUCKET = 4;
  private static final int DISPLACEMENTS = 256;

  /** {@code BITS[i]} has only bit i set. Looking it up costs less than shifting by i. */
  private static final long[] BITS = LongStream.iterate(1, bit -> bit << 1).limit(64).toArray();

  private final int labels;

  /** One displacement per bucket. */
  private final byte[] displacements;

  /**
   * The upper half of a cell is the id, or 0 if the place is free. The lower half is either the
   * weights, one byte per label with the first label lowest, or the index into {@link #weights}.
   */
  private final long[] cells;

  /** {@code weights[feature * labels + label]}; null if the cells hold them as bytes. */
  private final float[] weights;

  /** The weight that a byte of 1 stands for, per label; null if weights are floats. */
  private final float[] steps;

  /**
   * Builds the table of {@code ids}, distinct and none 0.
   *
   * @param weights {@code weights[feature * labels + label]}, in the order of {@code ids}; not
   *     copied
   * @throws DemarcheException ({@link ExitStatus#MODEL_INCOMPATIBLE}) if the ids are not spread
   *     like hashes
   */
  FeatureTable(int[] ids, float[] weights, int labels) {
    this.labels = labels;
    this.weights = weights;
    this.steps = null;
    this.displacements = new byte[powerOfTwo(ids.length / PER_BUCKET)];
    this.cells = place(ids);
    for (int i = 0; i < ids.length; i++) {
      cells[placeOf(ids[i])] |= i * labels;
    }
  }

  /**
   * Builds the table of {@code ids}, distinct and none 0, whose weights are {@code weights[feature
   * * labels + label] * steps[label]}.
   *
   * @param labels at most {@link #MOST_LABELS_IN_BYTES}
   */
  FeatureTable(int[] ids, byte[] weights, float[] steps, int labels) {
    if (labels > MOST_LABELS_IN_BYTES) {
      throw new IllegalArgumentException(
          "%d labels fit a place, not %d".formatted(MOST_LABELS_IN_BYTES, labels));
    }
    this.labels = labels;
    this.weights = null;
    this.steps = steps.clone();
    this.displacements = new byte[powerOfTwo(ids.length / PER_BUCKET)];
    this.cells = place(ids);
    for (int i = 0; i < ids.length; i++) {
      for (int label = 0; label < labels; label++) {
        cells[placeOf(ids[i])] |= (weights[i * labels + label] & 0xFFL) << 8 * label;
      }
    }
  }

  /** Finds a place for every id; at most 4/5 of the places are taken. */
  private long[] place(int[] ids) {
    int[][] buckets = byBucket(ids);
    int places = powerOfTwo(ids.length + ids.length / 4);
    // Ids that are spread like hashes never need a second round.
    while (places <= 64L * ids.length + 1024) {
      long[] cells = new long[places];
      if (Arrays.stream(buckets).allMatch(bucket -> placeBucket(bucket, cells))) {
        return cells;
      }
      places *= 2;
    }
    throw DemarcheException.modelIncompatible(
        "The ids of these features are not spread over 32 bits");
  }

  /**
   * Returns the ids of each bucket. The largest buckets come first, because they need the most free
   * places.
   */
  private int[][] byBucket(int[] ids) {
    int[] sizes = new int[displacements.length];
    for (int id : ids) {
      sizes[bucketOf(id)]++;
    }
    int[][] buckets = IntStream.of(sizes).mapToObj(int[]::new).toArray(int[][]::new);
    for (int id : ids) {
      int bucket = bucketOf(id);
      buckets[bucket][--sizes[bucket]] = id;
    }
    Arrays.sort(buckets, Comparator.comparingInt(bucket -> -bucket.length));
    return buckets;
  }

  private boolean placeBucket(int[] bucket, long[] cells) {
    for (int displacement = 0; displacement < DISPLACEMENTS; displacement++) {
      if (bucket.length == 0 || placeBucket(bucket, displacement, cells)) {
        return true;
      }
    }
    return false;
  }

  private boolean placeBucket(int[] bucket, int displacement, long[] cells) {
    displacements[bucketOf(bucket[0])] = (byte) displacement;
    for (int i = 0; i < bucket.length; i++) {
      int place = placeOf(bucket[i], cells.length);
      if (cells[place] != 0) {
        for (int j = 0; j < i; j++) {
          cells[placeOf(bucket[j], cells.length)] = 0;
        }
        return false;
      }
      cells[place] = (long) bucket[i] << 32;
    }
    return true;
  }

  /** Returns the least power of two that is not less than {@code n}, and at least 64. */
  private static int powerOfTwo(int n) {
    return Integer.highestOneBit(Math.max(64, n) - 1) * 2;
  }

  private int bucketOf(int id) {
    return id & displacements.length - 1;
  }

  private int placeOf(int id) {
    return placeOf(id, cells.length);
  }

  /** Uses only shifts by constants, because Java compiles other shifts to three instructions. */
  private int placeOf(int id, int places) {
    int mixed = (id ^ displacements[id & displacements.length - 1] * 0xC2B2AE35) * 0x9E3779B1;
    return (mixed ^ mixed >>> 15) & places - 1;
  }

  /**
   * Adds the weights of {@code ids}, which are distinct, to {@code sums}, one sum per label.
   *
   * @return how many of them the table knows
   */
  public int addTo(double[] sums, int[] ids) {
    int known = 0;
    for (int id : ids) {
      if (knows(cells[placeOf(id)], id)) {
        known++;
        for (int label = 0; label < labels; label++) {
          sums[label] += weight(id, label);
        }
      }
    }
    return known;
  }

  /**
   * Does the same for the features of a buffer, counting repeated ones once.
   *
   * <p>Scoring spends most of its time here and in {@link org.demarche.features.Featuriser}. The
   * first loop only reads memory, without branches, so that many reads overlap; the second then
   * finds everything in the cache. FeatureTableTest checks it against the plain version above.
   */
  public int addTo(double[] sums, FeatureBuffer buffer) {
    int[] ids = buffer.ids();
    int size = buffer.size();
    int[] places = buffer.places();
    long[] found = buffer.found();
    for (int i = 0; i < size; i++) {
      int place = placeOf(ids[i]);
      places[i] = place;
      found[i] = cells[place];
    }
    long[] marks = buffer.marks(cells.length);
    int known =
        weights == null
            ? addBytes(sums, ids, size, places, found, marks)
            : addFloats(sums, ids, size, places, found, marks);
    for (int i = 0; i < size; i++) {
      marks[places[i] >>> 6] = 0;
    }
    return known;
  }

  private static boolean knows(long cell, int id) {
    return (int) (cell >>> 32) == id;
  }

  /** Marks a place and returns whether it was unmarked before. */
  private static boolean mark(long[] marks, int place) {
    long word = marks[place >>> 6];
    long bit = BITS[place & 63];
    marks[place >>> 6] = word | bit;
    return (word & bit) == 0;
  }

  /** Adds whole numbers, so that the sums are exact. */
  private int addBytes(
      double[] sums, int[] ids, int size, int[] places, long[] found, long[] marks) {
    int first = 0;
    int second = 0;
    int third = 0;
    int fourth = 0;
    int known = 0;
    for (int i = 0; i < size; i++) {
      if (knows(found[i], ids[i]) && mark(marks, places[i])) {
        int four = (int) found[i];
        first += (byte) four;
        second += (byte) (four >> 8);
        third += (byte) (four >> 16);
        fourth += four >> 24;
        known++;
      }
    }
    int[] whole = {first, second, third, fourth};
    for (int label = 0; label < labels; label++) {
      sums[label] += (double) whole[label] * steps[label];
    }
    return known;
  }

  private int addFloats(
      double[] sums, int[] ids, int size, int[] places, long[] found, long[] marks) {
    int known = 0;
    for (int i = 0; i < size; i++) {
      if (knows(found[i], ids[i]) && mark(marks, places[i])) {
        for (int label = 0; label < labels; label++) {
          sums[label] += weights[(int) found[i] + label];
        }
        known++;
      }
    }
    return known;
  }

  /** Returns the weight of a feature for a label; 0 for a feature that the table does not know. */
  public double weight(int id, int label) {
    long cell = cells[placeOf(id)];
    if (!knows(cell, id)) {
      return 0;
    }
    return weights == null
        ? (byte) (cell >>> 8 * label) * (double) steps[label]
        : weights[(int) cell + label];
  }
}
