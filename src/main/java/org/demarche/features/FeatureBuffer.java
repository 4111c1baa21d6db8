package org.demarche.features;

import java.util.Arrays;

/**
 * Holds the features of one passage. A {@link Featuriser} fills the same buffer for each passage,
 * so that scoring allocates no memory. Belongs to one thread.
 */
public final class FeatureBuffer {

  /** Longer tokens, mostly addresses, are cut to this many characters. */
  static final int LONGEST_TOKEN = 40;

  /** Flags of tokens. */
  static final byte IN_TARGET = 1;

  static final byte DENIED = 2;
  static final byte ENDS_CLAUSE = 4;

  private final boolean withPlaces;

  private int[] ids = new int[1024];
  private int[] first = new int[0];
  private int[] last = new int[0];
  private byte[] positions = new byte[0];
  private int size;

  private int[] places = new int[1024];
  private long[] found = new long[1024];
  private long[] marks = new long[1024];

  /** The tokens of the passage, which {@link PassageScanner} fills in. */
  int tokens;

  int[] starts = new int[128];
  int[] ends = new int[128];
  long[] words = new long[128];
  long[] stems = new long[128];
  byte[] flags = new byte[128];

  char[] text = new char[512];

  /** The current word of the scanner in normal characters, between two spaces. */
  final char[] padded = new char[LONGEST_TOKEN + 2];

  int wordLength;

  /** The hashes of the first one, two, three … characters of that word. */
  final long[] prefixes = new long[LONGEST_TOKEN + 1];

  private FeatureBuffer(boolean withPlaces) {
    this.withPlaces = withPlaces;
    padded[0] = ' ';
  }

  /** Returns a buffer that holds only features. */
  public static FeatureBuffer forScoring() {
    return new FeatureBuffer(false);
  }

  /** Returns a buffer that also holds the tokens of each feature. */
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

  /** Adds a feature of the tokens {@code firstToken} to {@code lastToken}. */
  void add(long hash, int firstToken, int lastToken) {
    room(1)[size] = Hashing.id(hash);
    added(size + 1, firstToken, lastToken);
  }

  /** Adds a feature of the same tokens as occurrence {@code i}. */
  void addCopy(long hash, int i) {
    add(hash, withPlaces ? first[i] : 0, withPlaces ? last[i] : 0);
  }

  /** Returns {@link #ids()} with room for {@code more} ids after {@link #size()}. */
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

  /** Sets the size after ids were written directly; the new features are of these tokens. */
  void added(int newSize, int firstToken, int lastToken) {
    if (withPlaces) {
      Arrays.fill(first, size, newSize, firstToken);
      Arrays.fill(last, size, newSize, lastToken);
      Arrays.fill(positions, size, newSize, (byte) -1);
    }
    size = newSize;
  }

  /** Sets the position relative to the target of the last occurrence ({@link PlacedWord}). */
  void placed(int position) {
    if (withPlaces) {
      positions[size - 1] = (byte) position;
    }
  }

  /** Returns the position of occurrence {@code i} relative to the target, or −1. */
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

  /** Returns the number of occurrences of features. */
  public int size() {
    return size;
  }

  /**
   * Returns the ids of the features in the first {@link #size()} elements. It is the buffer's own
   * array and must not be changed.
   */
  public int[] ids() {
    return ids;
  }

  /** Returns scratch space with one number for each occurrence. */
  public int[] places() {
    if (places.length < ids.length) {
      places = new int[ids.length];
    }
    return places;
  }

  /** Returns further scratch space with one number for each occurrence. */
  public long[] found() {
    if (found.length < ids.length) {
      found = new long[ids.length];
    }
    return found;
  }

  /** Returns scratch space for {@code n} bits; all are 0, and must be 0 again after use. */
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

  /** Returns the offset at which a token starts in the passage. */
  public int tokenStart(int token) {
    return starts[token];
  }

  /** Returns the offset after a token in the passage. */
  public int tokenEnd(int token) {
    return ends[token];
  }

  /** Returns the first token of occurrence {@code i}, in a buffer for explaining. */
  public int firstToken(int i) {
    return first[i];
  }

  /** Returns the last token of occurrence {@code i}, in a buffer for explaining. */
  public int lastToken(int i) {
    return last[i];
  }
}
