package org.demarche.encoder;

import java.util.Arrays;

/**
 * The word pieces of one text, each with its start and end in the text. The marks of beginning and
 * end are pieces too, with the empty stretch [0, 0).
 */
final class Pieces {

  private long[] ids = new long[64];
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int size;

  void add(int id, int start, int end) {
    if (size == ids.length) {
      ids = Arrays.copyOf(ids, 2 * size);
      starts = Arrays.copyOf(starts, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    ids[size] = id;
    starts[size] = start;
    ends[size] = end;
    size++;
  }

  void removeLast() {
    size--;
  }

  int size() {
    return size;
  }

  /** Returns the numbers of the pieces in the vocabulary, in the order of the text. */
  long[] ids() {
    return Arrays.copyOf(ids, size);
  }

  /** Returns the offset of piece {@code i} in the text, in UTF-16 code units. */
  int start(int i) {
    return starts[i];
  }

  /** Returns the offset after piece {@code i} in the text, in UTF-16 code units. */
  int end(int i) {
    return ends[i];
  }
}
