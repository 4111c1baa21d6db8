package org.demarche.model;

/**
 * Feature ids and their weights, side by side in one flat array, so that looking up a feature costs
 * one visit to memory. Open addressing, at most half full. Immutable once built.
 */
final class FeatureTable {

  private final int labels;
  private final int stride;
  private final int mask;

  /** A cell is the id, 0 where it is empty, and the bits of one float a label. */
  private final int[] cells;

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
    for (int i = 0; i < ids.length; i++) {
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
   * Adds the weights of the first {@code size} of {@code ids} to {@code sums}, one number a label.
   *
   * @return how many of them the table knows
   */
  int addTo(double[] sums, int[] ids, int size) {
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
