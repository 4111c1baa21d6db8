package org.demarche.features;

/**
 * Computes 32-bit feature ids from characters, without making strings.
 *
 * <p>A hash is extended part by part, so that pieces that start at the same character share work.
 * Ids are spread over all 32 bits: in a usual model of 100,000 features, one unknown feature in
 * 40,000 collides with a known one.
 */
final class Hashing {

  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Hashing() {}

  /** Returns the hash to start from for features of a {@link Family}. */
  static long start(int family) {
    return join(0x243F6A8885A308D3L, family);
  }

  /** Returns {@code hash} extended by one part: a character, or the hash of a word. */
  static long join(long hash, long part) {
    long mixed = (hash ^ part) * MULTIPLIER;
    return mixed ^ mixed >>> 32;
  }

  /** Returns the feature id of a hash; never 0, which marks a free place in a table. */
  static int id(long hash) {
    int id = (int) (hash * MULTIPLIER >>> 32);
    return id == 0 ? 1 : id;
  }

  /** Returns the hash of a word in normal characters, as {@link PassageScanner} computes it. */
  static long word(String word) {
    long hash = start(Family.WORD);
    for (int i = 0; i < word.length(); i++) {
      hash = join(hash, word.charAt(i));
    }
    return hash;
  }
}
