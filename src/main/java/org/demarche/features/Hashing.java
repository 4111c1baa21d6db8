package org.demarche.features;

/**
 * From characters to 32-bit feature ids, without a string in between.
 *
 * <p>A hash grows by one part at a time, so that the two pieces that start at one character share
 * their work. Ids are spread over all 32 bits: with the hundred thousand features of a usual model,
 * one foreign feature in forty thousand is taken for a known one.
 */
final class Hashing {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Hashing() {}

  /** Returns the hash of nothing yet, for features of the given family. */
  static long start(int family) {
    return join(0x243F6A8885A308D3L, family);
  }

  /** Returns {@code hash} with one more part: a character, or the hash of a word. */
  static long join(long hash, long part) {
    long mixed = (hash ^ part) * MULTIPLIER;
    return mixed ^ mixed >>> 32;
  }

  /** Returns the feature id of a hash; never 0, which marks an empty place in a table. */
  static int id(long hash) {
    int id = (int) (hash * MULTIPLIER >>> 32);
    return id == 0 ? 1 : id;
  }

  /** Returns the hash of a word given as a string, as the scanning loop would make it. */
  static long word(String word) {
    long hash = start(Family.WORD);
    for (int i = 0; i < word.length(); i++) {
      hash = join(hash, word.charAt(i));
    }
    return hash;
  }
}
