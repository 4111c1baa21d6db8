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
  private byte[] positions = new byte[0];
  private int size;

  private int[] places = new int[1024];
  private long[] found = new long[1024];
  private long[] marks = new long[1024];

  /** The tokens of the passage, filled by the scanning loop. */
  int tokens;

  int[] starts = new int[128];
  int[] ends = new int[128];
  long[] words = new long[128];
  long[] stems = new long[128];
  byte[] flags = new byte[128];

  char[] text = new char[512];

  /** The word that the scanning loop is at, in lower case, a space before and behind. */
  final char[] padded = new char[Featuriser.LONGEST_TOKEN + 2];

  int wordLength;

  /** The hash of the first one, two, three … characters of that word. */
  final long[] prefixes = new long[Featuriser.LONGEST_TOKEN + 1];

  private FeatureBuffer(boolean withPlaces) {
    this.withPlaces = withPlaces;
    padded[0] = ' ';
  }

  /** Returns a buffer of features alone. */
  public static FeatureBuffer forScoring() {
    return new FeatureBuffer(false);
  }

  /** Returns a buffer that keeps, with each feature, the tokens it was seen on. */
  public static FeatureBuffer forExplaining() {
    FeatureBuffer buffer = new FeatureBuffer(true);
    buffer.first = new int[buffer.ids.length];
    buffer.last = new int[buffer.ids.length];
    buffer.positions = new byte[buffer.ids.length];
    return buffer;
  }

  void clear() {
    size = 0;
    tokens = 0;
  }

  /** Adds a feature seen on the tokens {@code firstToken} to {@code lastToken}. */
  void add(long hash, int firstToken, int lastToken) {
    room(1)[size] = Hashing.id(hash);
    added(size + 1, firstToken, lastToken);
  }

  /** Adds a feature seen on the same tokens as occurrence {@code i}. */
  void addCopy(long hash, int i) {
    add(hash, withPlaces ? first[i] : 0, withPlaces ? last[i] : 0);
  }

  /** Returns {@link #ids()} with room behind {@link #size()} for so many more. */
  int[] room(int more) {
    if (size + more > ids.length) {
      int length = Math.max(size + more, 2 * ids.length);
      ids = Arrays.copyOf(ids, length);
      if (withPlaces) {
        first = Arrays.copyOf(first, length);
        last = Arrays.copyOf(last, length);
        positions = Arrays.copyOf(positions, length);
      }
    }
    return ids;
  }

  /** Counts what was written behind {@link #size()} as seen on these tokens. */
  void added(int newSize, int firstToken, int lastToken) {
    if (withPlaces) {
      Arrays.fill(first, size, newSize, firstToken);
      Arrays.fill(last, size, newSize, lastToken);
      Arrays.fill(positions, size, newSize, (byte) -1);
    }
    size = newSize;
  }

  /** Says of the occurrence added last in which position to the target it places its word. */
  void placed(int position) {
    if (withPlaces) {
      positions[size - 1] = (byte) position;
    }
  }

  /** Returns the position in which occurrence {@code i} places its word, −1 where in none. */
  int position(int i) {
    return positions[i];
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

  /** Returns the number of features written, one as often as the passage shows it. */
  public int size() {
    return size;
  }

  /**
   * Returns the ids of the features in its first {@link #size()} places: the buffer's own array, to
   * be read only, because several models may read it.
   */
  public int[] ids() {
    return ids;
  }

  /** Returns space for one number a feature, which a reader may use as it likes. */
  public int[] places() {
    if (places.length < ids.length) {
      places = new int[ids.length];
    }
    return places;
  }

  /** Returns space for one more number a feature, which a reader may use as it likes. */
  public long[] found() {
    if (found.length < ids.length) {
      found = new long[ids.length];
    }
    return found;
  }

  /** Returns space for one bit for each of {@code n} things; all 0, and to be left so. */
  public long[] marks(int n) {
    if (marks.length << 6 < n) {
      marks = new long[n + 63 >>> 6];
    }
    return marks;
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
