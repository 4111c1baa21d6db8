package org.demarche.model;

import org.demarche.features.FeatureBuffer;

/**
 * Feature ids and their weights, side by side in one flat array, so that looking up a feature costs
 * one visit to memory. Open addressing, at most half full. Immutable once built.
 *
 * <p>Most features of a new text are unknown. A filter of one bit a hash value, small enough for
 * the processor's cache, sorts them out before the table is visited.
 */
final class FeatureTable {

  private final int labels;
  private final int stride;
  private final int mask;

  /** A cell is the id, 0 where it is empty, and the bits of one float a label. */
  private final int[] cells;

  /** One bit for each value of an id's upper bits: whether any known id has it. */
  private final long[] filter;

  private final int filterShift;

  /**
   * Builds the table of {@code ids}, distinct and none 0.
   *
   * @param weights {@code weights[feature * labels + label]}, in the order of {@code ids}
   */
  FeatureTable(int[] ids, float[] weights, int labels) {
    this.labels = labels;
    this.stride = labels + 1;
    int slots = Integer.highestOneBit(Math.max(8, 2 * ids.length) - 1) * 2;
    this.mask = slots - 1;
    this.cells = new int[Math.multiplyExact(slots, stride)];
    int filterBits = Math.max(10, 4 + 32 - Integer.numberOfLeadingZeros(ids.length));
    this.filterShift = 32 - Math.min(24, filterBits);
    this.filter = new long[1 << 32 - filterShift - 6];
    for (int i = 0; i < ids.length; i++) {
      int bit = ids[i] >>> filterShift;
      filter[bit >>> 6] |= 1L << bit;
      int slot = ids[i] & mask;
      while (cells[slot * stride] != 0) {
        slot = slot + 1 & mask;
      }
      cells[slot * stride] = ids[i];
      for (int label = 0; label < labels; label++) {
        cells[slot * stride + 1 + label] = Float.floatToRawIntBits(weights[i * labels + label]);
      }
    }
  }

  /**
   * Adds the weights of {@code ids} to {@code sums}, one number a label.
   *
   * @return how many of them the table knows
   */
  int addTo(double[] sums, int[] ids) {
    return addKnown(sums, ids, ids.length);
  }

  /**
   * The same, and brings the ids that may be known to the front of {@code ids}, the others being
   * lost: without a branch that the processor could guess wrong.
   */
  int addTo(double[] sums, FeatureBuffer buffer) {
    int[] ids = buffer.ids();
    int size = buffer.size();
    int candidates = 0;
    for (int i = 0; i < size; i++) {
      int bit = ids[i] >>> filterShift;
      ids[candidates] = ids[i];
      candidates += (int) (filter[bit >>> 6] >>> bit) & 1;
    }
    return addKnown(sums, ids, candidates);
  }

  private int addKnown(double[] sums, int[] ids, int size) {
    if (labels == 3) {
      return addKnownOfThree(sums, ids, size);
    }
    int known = 0;
    for (int i = 0; i < size; i++) {
      int cell = find(ids[i]);
      if (cell >= 0) {
        known++;
        for (int label = 0; label < labels; label++) {
          sums[label] += Float.intBitsToFloat(cells[cell + 1 + label]);
        }
      }
    }
    return known;
  }

  /** The usual scale, its sums in registers. */
  private int addKnownOfThree(double[] sums, int[] ids, int size) {
    double first = 0;
    double second = 0;
    double third = 0;
    int known = 0;
    for (int i = 0; i < size; i++) {
      int cell = find(ids[i]);
      if (cell >= 0) {
        known++;
        first += Float.intBitsToFloat(cells[cell + 1]);
        second += Float.intBitsToFloat(cells[cell + 2]);
        third += Float.intBitsToFloat(cells[cell + 3]);
      }
    }
    sums[0] += first;
    sums[1] += second;
    sums[2] += third;
    return known;
  }

  private int find(int id) {
    int slot = id & mask;
    while (true) {
      int found = cells[slot * stride];
      if (found == id) {
        return slot * stride;
      }
      if (found == 0) {
        return -1;
      }
      slot = slot + 1 & mask;
    }
  }

  /** Returns the weight of a feature for a label; 0 for a feature that the table does not know. */
  double weight(int id, int label) {
    int cell = find(id);
    return cell < 0 ? 0 : Float.intBitsToFloat(cells[cell + 1 + label]);
  }
}
