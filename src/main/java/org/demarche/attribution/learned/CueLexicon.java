package org.demarche.attribution.learned;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The {@link CueShares} of all words of the articles that a tagger learned from, by the hash of
 * each word. Immutable.
 */
public final class CueLexicon implements CueShares {

  private final int[] hashes;
  private final byte[] bins;
  private final int mask;

  /** Takes the bin of each word by its hash; none is {@link CueShares#UNSEEN}. */
  public CueLexicon(Map<Integer, Integer> words) {
    int capacity = Integer.highestOneBit(Math.max(2, words.size())) * 4;
    mask = capacity - 1;
    hashes = new int[capacity];
    bins = new byte[capacity];
    words.forEach(
        (hash, bin) -> {
          int slot = slot(hash);
          hashes[slot] = hash;
          bins[slot] = bin.byteValue();
        });
  }

  @Override
  public int bin(int hash) {
    return bins[slot(hash)];
  }

  /** Returns the slot of a hash, or the free one that it would take. */
  private int slot(int hash) {
    int slot = (hash * 0x9E3779B9 >>> 8) & mask;
    while (bins[slot] != UNSEEN && hashes[slot] != hash) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** Returns the bin of each word by its hash. */
  public SortedMap<Integer, Integer> bins() {
    SortedMap<Integer, Integer> words = new TreeMap<>();
    for (int slot = 0; slot < bins.length; slot++) {
      if (bins[slot] != UNSEEN) {
        words.put(hashes[slot], (int) bins[slot]);
      }
    }
    return words;
  }

  void write(DataOutput out) throws IOException {
    SortedMap<Integer, Integer> words = bins();
    out.writeInt(words.size());
    for (Map.Entry<Integer, Integer> word : words.entrySet()) {
      out.writeInt(word.getKey());
      out.writeByte(word.getValue());
    }
  }

  static CueLexicon read(DataInput in) throws IOException {
    Map<Integer, Integer> words = new TreeMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      int hash = in.readInt();
      words.put(hash, (int) in.readByte());
    }
    return new CueLexicon(words);
  }
}
