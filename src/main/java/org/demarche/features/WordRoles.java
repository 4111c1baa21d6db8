package org.demarche.features;

import org.demarche.text.ResourceLines;

/** The roles of words that negate, turn or begin a clause, as listed in {@code word-roles.txt}. */
final class WordRoles {

  /** The word denies, refuses or doubts what follows. */
  static final byte NEGATION = 1;

  /** The word ends a negation. */
  static final byte TURN = 2;

  /** The word begins a clause. */
  static final byte OPENER = 4;

  /** Hashes of the words, with linear probing; 0 marks a free place. Few places are taken. */
  private static final long[] WORDS = new long[2048];

  private static final byte[] ROLES = new byte[WORDS.length];

  static {
    for (String line : ResourceLines.of(WordRoles.class, "word-roles.txt")) {
      String[] words = line.split(" ");
      byte role =
          switch (words[0]) {
            case "negation" -> NEGATION;
            case "turn" -> TURN;
            case "opener" -> OPENER;
            default -> throw new IllegalStateException("word-roles.txt has the line " + line);
          };
      for (int i = 1; i < words.length; i++) {
        long hash = Hashing.word(words[i]);
        WORDS[place(hash)] = hash;
        ROLES[place(hash)] |= role;
      }
    }
  }

  private WordRoles() {}

  /** Returns the roles, as bits, of the word with the hash {@link Hashing#word}; 0 if none. */
  static byte of(long hash) {
    return ROLES[place(hash)];
  }

  private static int place(long hash) {
    int place = (int) hash & WORDS.length - 1;
    while (WORDS[place] != hash && WORDS[place] != 0) {
      place = place + 1 & WORDS.length - 1;
    }
    return place;
  }
}
