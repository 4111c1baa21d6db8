package org.demarche.ingest;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.demarche.text.Span;

/**
 * Identifies the words of an article, to find its reprints: a sample of its runs of five words, and
 * the words that are parts of names. It has a few hundred bytes, however long the article is. Case,
 * white space and punctuation do not count.
 *
 * <p>The sample holds the runs with the smallest hashes (a bottom-k sketch: Broder, <em>On the
 * resemblance and containment of documents</em>, 1997); two samples show how much two texts share.
 * The names distinguish texts that share a template but are about other people.
 */
public final class Fingerprint implements Serializable {

  /** Words in a run: shorter runs are shared by chance, longer runs break at every small edit. */
  private static final int RUN = 5;

  private static final int SAMPLE = 48;

  private static final int KEYS = 4;

  private static final int MOST_NAMES = 160;

  /** Reprints share at least this fraction of the shorter text's runs, as the samples estimate. */
  private static final double LEAST_SHARED = 0.7;

  /** One name in this many may be missing: outlets add their own name or correct a spelling. */
  private static final int NAMES_PER_MISS = 40;

  /** A capital after a full stop starts a sentence, except after a title this short ("Gen."). */
  private static final int LONGEST_TITLE = 4;

  private static final long MULTIPLIER = 0x5851F42D4C957F2DL;

  private static final long MULTIPLIER_TO_THE_RUN = power(MULTIPLIER, RUN);

  /** The fingerprint of no words, which is like no other. */
  public static final Fingerprint NONE = new Fingerprint(0, new long[0], new int[0], new int[0]);

  private final int runs;
  private final long[] keys;
  private final int[] sample;
  private final int[] names;

  private Fingerprint(int runs, long[] keys, int[] sample, int[] names) {
    this.runs = runs;
    this.keys = keys;
    this.sample = sample;
    this.names = names;
  }

  /** Returns the fingerprint of the {@code body} of a text. */
  public static Fingerprint of(String text, Span body) {
    return new Taker().take(text, body);
  }

  /**
   * Returns the keys for finding candidates: articles that share a key may be reprints, and
   * reprints almost always share one.
   */
  public long[] keys() {
    return keys.clone();
  }

  /**
   * Returns whether the two are the same story in the same words: the longer text has at least 70 %
   * of the runs of the shorter, and nearly all names in one are in the other.
   */
  public boolean isSameStory(Fingerprint other) {
    return shared(other) >= LEAST_SHARED && haveSameNames(other);
  }

  /** Estimates which share of the shorter text's runs the longer has, in [0, 1]. */
  private double shared(Fingerprint other) {
    int union = 0;
    int both = 0;
    int i = 0;
    int j = 0;
    while (union < SAMPLE && (i < sample.length || j < other.sample.length)) {
      int order =
          i == sample.length
              ? 1
              : j == other.sample.length ? -1 : Integer.compareUnsigned(sample[i], other.sample[j]);
      both += order == 0 ? 1 : 0;
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
      union++;
    }
    if (union == 0) {
      return 0;
    }
    double resemblance = (double) both / union;
    double common = resemblance / (1 + resemblance) * (runs + other.runs);
    return Math.min(1, common / Math.min(runs, other.runs));
  }

  /** Returns whether one of the two has almost no names that the other does not have. */
  private boolean haveSameNames(Fingerprint other) {
    // If there were too many names to keep, both are known only up to the last one kept.
    int last =
        Integer.compareUnsigned(lastName(), other.lastName()) < 0 ? lastName() : other.lastName();
    int both = 0;
    int mine = 0;
    int theirs = 0;
    int i = 0;
    int j = 0;
    while (true) {
      boolean hasMine = i < names.length && Integer.compareUnsigned(names[i], last) <= 0;
      boolean hasTheirs =
          j < other.names.length && Integer.compareUnsigned(other.names[j], last) <= 0;
      if (!hasMine && !hasTheirs) {
        break;
      }
      int order =
          !hasMine ? 1 : !hasTheirs ? -1 : Integer.compareUnsigned(names[i], other.names[j]);
      if (order == 0) {
        both++;
        i++;
        j++;
      } else if (order < 0) {
        mine++;
        i++;
      } else {
        theirs++;
        j++;
      }
    }
    return Math.min(mine, theirs) * NAMES_PER_MISS <= both;
  }

  private int lastName() {
    return names.length < MOST_NAMES ? -1 : names[names.length - 1];
  }

  /** Returns the fingerprint as bytes for a table; {@link #fromBytes} reads them. */
  public byte[] toBytes() {
    ByteBuffer bytes =
        ByteBuffer.allocate(
            Integer.BYTES * (4 + sample.length + names.length) + Long.BYTES * keys.length);
    bytes.putInt(runs).putInt(keys.length).putInt(sample.length).putInt(names.length);
    for (long key : keys) {
      bytes.putLong(key);
    }
    for (int run : sample) {
      bytes.putInt(run);
    }
    for (int name : names) {
      bytes.putInt(name);
    }
    return bytes.array();
  }

  /** Reads a fingerprint that {@link #toBytes} wrote. */
  public static Fingerprint fromBytes(byte[] stored) {
    ByteBuffer bytes = ByteBuffer.wrap(stored);
    int runs = bytes.getInt();
    long[] keys = new long[bytes.getInt()];
    int[] sample = new int[bytes.getInt()];
    int[] names = new int[bytes.getInt()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = bytes.getLong();
    }
    for (int i = 0; i < sample.length; i++) {
      sample[i] = bytes.getInt();
    }
    for (int i = 0; i < names.length; i++) {
      names[i] = bytes.getInt();
    }
    return new Fingerprint(runs, keys, sample, names);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fingerprint that
        && runs == that.runs
        && Arrays.equals(keys, that.keys)
        && Arrays.equals(sample, that.sample)
        && Arrays.equals(names, that.names);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(keys) * 31 + Arrays.hashCode(names);
  }

  private static long power(long base, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power *= base;
    }
    return power;
  }

  /** Spreads a hash over all 64 bits (the finisher of SplitMix64). */
  private static long mixed(long hash) {
    long h = (hash ^ hash >>> 30) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
    return h ^ h >>> 31;
  }

  /** Keeps the smallest of many hashes in order, without duplicates. */
  private static final class Smallest {
    private final long[] kept;
    private int size;

    Smallest(int most) {
      kept = new long[most];
    }

    void add(long hash) {
      if (size == kept.length && Long.compareUnsigned(hash, kept[size - 1]) >= 0) {
        return;
      }
      int place = size;
      while (place > 0 && Long.compareUnsigned(hash, kept[place - 1]) < 0) {
        place--;
      }
      if (place > 0 && kept[place - 1] == hash) {
        return;
      }
      if (size < kept.length) {
        size++;
      }
      System.arraycopy(kept, place, kept, place + 1, size - 1 - place);
      kept[place] = hash;
    }

    /** Returns the upper halves of the hashes, which are in the same order. */
    int[] halves() {
      int[] halves = new int[size];
      for (int i = 0; i < size; i++) {
        halves[i] = (int) (kept[i] >>> 32);
      }
      return halves;
    }

    long[] first(int most) {
      return Arrays.copyOf(kept, Math.min(most, size));
    }
  }

  /** Reads a text once, word by word, without making a string of each. */
  private static final class Taker {
    private final Smallest sample = new Smallest(SAMPLE);
    private final Smallest names = new Smallest(MOST_NAMES);
    private final long[] window = new long[RUN];
    private long run;
    private int words;

    /** A capitalised word that starts a sentence is a name only if another capital follows. */
    private long unsure;

    private boolean isUnsure;

    Fingerprint take(String text, Span body) {
      boolean sentenceStarts = true;
      boolean shortTitle = false;
      int i = body.start();
      int end = body.end();
      while (i < end) {
        char c = text.charAt(i);
        if (!isWordCharacter(c)) {
          if (c == '\n' || c == '!' || c == '?' || c == ':' || (c == '.' && !shortTitle)) {
            sentenceStarts = true;
          }
          if (c != ' ' && c != '.') {
            isUnsure = false;
          }
          i++;
          continue;
        }
        int start = i;
        boolean capital = Character.isUpperCase(c);
        long hash = 0;
        while (i < end && isWordCharacter(c = text.charAt(i))) {
          hash = hash * MULTIPLIER + small(c) + 1;
          i++;
        }
        hash = mixed(hash);
        addRun(hash);
        if (capital) {
          addCapital(hash, sentenceStarts);
        } else {
          isUnsure = false;
        }
        shortTitle = capital && i - start <= LONGEST_TITLE;
        sentenceStarts = false;
      }
      if (words > 0 && words < RUN) {
        sample.add(mixed(run));
      }
      return new Fingerprint(
          Math.max(1, words - RUN + 1), sample.first(KEYS), sample.halves(), names.halves());
    }

    private void addRun(long word) {
      int place = words % RUN;
      long gone = window[place];
      window[place] = word;
      run = run * MULTIPLIER + word - (words >= RUN ? gone * MULTIPLIER_TO_THE_RUN : 0);
      words++;
      if (words >= RUN) {
        sample.add(mixed(run));
      }
    }

    private void addCapital(long word, boolean sentenceStarts) {
      if (sentenceStarts) {
        unsure = word;
        isUnsure = true;
        return;
      }
      if (isUnsure) {
        names.add(unsure);
        isUnsure = false;
      }
      names.add(word);
    }

    private static boolean isWordCharacter(char c) {
      return c < 128
          ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
          : Character.isLetterOrDigit(c);
    }

    private static int small(char c) {
      return c < 128 ? (c >= 'A' && c <= 'Z' ? c + 32 : c) : Character.toLowerCase(c);
    }
  }
}
