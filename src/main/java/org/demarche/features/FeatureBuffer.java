package org.demarche.features;

import java.util.Arrays;

/**
 * Where a {@link Featuriser} writes the features of one passage; used again for the next, so that
 * scoring allocates nothing. Belongs to one thread.
 */
public final class FeatureBuffer {

  private final boolean withPlaces;

  private int[] ids = new int[1024];
  private int[] first = new int[0];
  private int[] last = new int[0];
  private int size;

  /** Open addressing: stamp and id; an entry counts only while its stamp is the current one. */
  private long[] seen = new long[2048];

  private int stamp = 1;

  /** The tokens of the passage, filled by the scanning loop. */
  int tokens;

  int[] starts = new int[128];
  int[] ends = new int[128];
  long[] words = new long[128];
  long[] stems = new long[128];
  byte[] flags = new byte[128];

  char[] text = new char[512];
  final char[] padded = new char[Featuriser.LONGEST_TOKEN + 2];

  private FeatureBuffer(boolean withPlaces) {
    this.withPlaces = withPlaces;
  }

  /** Returns a buffer in which every feature stands once, however often the passage shows it. */
  public static FeatureBuffer forScoring() {
    return new FeatureBuffer(false);
  }

  /** Returns a buffer that keeps every occurrence of a feature and the tokens it was seen on. */
  public static FeatureBuffer forExplaining() {
    FeatureBuffer buffer = new FeatureBuffer(true);
    buffer.first = new int[buffer.ids.length];
    buffer.last = new int[buffer.ids.length];
    return buffer;
  }

  void clear() {
    size = 0;
    tokens = 0;
    if (++stamp == 0) {
      Arrays.fill(seen, 0);
      stamp = 1;
    }
  }

  /** Adds a feature seen on the tokens {@code firstToken} to {@code lastToken}. */
  void add(long hash, int firstToken, int lastToken) {
    int id = Hashing.id(hash);
    if (withPlaces) {
      if (size == ids.length) {
        grow();
      }
      first[size] = firstToken;
      last[size] = lastToken;
      ids[size++] = id;
      return;
    }
    long key = (long) stamp << 32 | id & 0xFFFFFFFFL;
    int mask = seen.length - 1;
    int slot = id & mask;
    while ((int) (seen[slot] >>> 32) == stamp) {
      if (seen[slot] == key) {
        return;
      }
      slot = slot + 1 & mask;
    }
    seen[slot] = key;
    if (size == ids.length) {
      grow();
    }
    ids[size++] = id;
    if (size > seen.length / 2) {
      rehash();
    }
  }

  /** Adds a feature seen on the same tokens as occurrence {@code i}. */
  void addCopy(long hash, int i) {
    add(hash, withPlaces ? first[i] : 0, withPlaces ? last[i] : 0);
  }

  private void grow() {
    ids = Arrays.copyOf(ids, 2 * size);
    if (withPlaces) {
      first = Arrays.copyOf(first, 2 * size);
      last = Arrays.copyOf(last, 2 * size);
    }
  }

  private void rehash() {
    seen = new long[2 * seen.length];
    int mask = seen.length - 1;
    for (int i = 0; i < size; i++) {
      int slot = ids[i] & mask;
      while (seen[slot] != 0) {
        slot = slot + 1 & mask;
      }
      seen[slot] = (long) stamp << 32 | ids[i] & 0xFFFFFFFFL;
    }
  }

  void ensureTokens(int needed) {
    if (needed > starts.length) {
      int room = Math.max(needed, 2 * starts.length);
      starts = Arrays.copyOf(starts, room);
      ends = Arrays.copyOf(ends, room);
      words = Arrays.copyOf(words, room);
      stems = Arrays.copyOf(stems, room);
      flags = Arrays.copyOf(flags, room);
    }
  }

  void ensureText(int length) {
    if (length > text.length) {
      text = new char[Math.max(length, 2 * text.length)];
    }
  }

  /** Returns the number of features written, with or without repetitions. */
  public int size() {
    return size;
  }

  /**
   * Returns the ids of the features in its first {@link #size()} places: the buffer's own array,
   * which a reader may use as it likes until the next passage.
   */
  public int[] ids() {
    return ids;
  }

  /** Returns the number of tokens of the passage. */
  public int tokenCount() {
    return tokens;
  }

  /** Returns where token {@code token} starts in the text of the passage. */
  public int tokenStart(int token) {
    return starts[token];
  }

  /** Returns where token {@code token} ends in the text of the passage. */
  public int tokenEnd(int token) {
    return ends[token];
  }

  /** Returns the first token on which occurrence {@code i} was seen, in a buffer with places. */
  public int firstToken(int i) {
    return first[i];
  }

  /** Returns the last token on which occurrence {@code i} was seen, in a buffer with places. */
  public int lastToken(int i) {
    return last[i];
  }
}
