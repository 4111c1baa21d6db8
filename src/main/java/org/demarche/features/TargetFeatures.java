package org.demarche.features;

import static org.demarche.features.FeatureBuffer.DENIED;
import static org.demarche.features.FeatureBuffer.ENDS_CLAUSE;
import static org.demarche.features.FeatureBuffer.IN_TARGET;

/** Adds the features of the words around the mention of a target. */
final class TargetFeatures {

  private static final int WINDOW = 6;
  private static final int OFFSETS = 4;

  private TargetFeatures() {}

  /** Adds the features around the first mention of the target. */
  static void add(FeatureBuffer out) {
    int from = 0;
    while (from < out.tokens && (out.flags[from] & IN_TARGET) == 0) {
      from++;
    }
    if (from == out.tokens) {
      return;
    }
    int to = from;
    while (to < out.tokens && (out.flags[to] & IN_TARGET) != 0) {
      out.add(Hashing.join(Hashing.start(Family.MENTION), out.words[to]), to, to);
      to++;
    }
    long left = Hashing.start(Family.LEFT);
    long right = Hashing.start(Family.RIGHT);
    for (int i = 0; i < out.tokens; i++) {
      if (i < from || i >= to) {
        long side = i < from ? left : right;
        int distance = i < from ? from - i : i - to + 1;
        out.add(Hashing.join(side, out.words[i]), i, i);
        addPlaced(side, i, i < from ? PlacedWord.LEFT : PlacedWord.RIGHT, out);
        if (distance <= WINDOW) {
          addPlaced(Hashing.start(Family.WINDOW), i, PlacedWord.NEAR, out);
        }
        if (distance <= OFFSETS) {
          int offset = i < from ? -distance : distance;
          out.add(
              Hashing.join(Hashing.join(Hashing.start(Family.OFFSET), offset), out.words[i]), i, i);
        }
      }
    }
    clause(out, from, to);
    anchored(out, from, to);
  }

  /** Adds a token with its position relative to the target. */
  private static void addPlaced(long family, int token, int position, FeatureBuffer out) {
    out.add(Hashing.join(family, stem(out, token)), token, token);
    out.placed(position);
  }

  /** Returns the stem of a token, with another hash if it is denied. */
  private static long stem(FeatureBuffer out, int token) {
    return (out.flags[token] & DENIED) != 0 ? ~out.stems[token] : out.stems[token];
  }

  /** Adds the stems in the clause of the mention, from {@code from} to before {@code to}. */
  private static void clause(FeatureBuffer out, int from, int to) {
    int start = from;
    while (start > 0 && (out.flags[start - 1] & ENDS_CLAUSE) == 0) {
      start--;
    }
    int end = to;
    while (end < out.tokens && (out.flags[end] & ENDS_CLAUSE) == 0) {
      end++;
    }
    long family = Hashing.start(Family.CLAUSE);
    for (int i = start; i < end; i++) {
      if (i < from || i >= to) {
        addPlaced(family, i, PlacedWord.IN_CLAUSE, out);
        if (i < from) {
          addPlaced(Hashing.join(family, 1), i, PlacedWord.LEFT_IN_CLAUSE, out);
        } else {
          addPlaced(Hashing.join(family, 2), i, PlacedWord.RIGHT_IN_CLAUSE, out);
        }
        if (i + 1 < end && (i + 1 < from || i >= to)) {
          out.add(Hashing.join(Hashing.join(family, stem(out, i)), stem(out, i + 1)), i, i + 1);
        }
      }
    }
  }

  /** Adds up to three tokens in a row that end before the mention or begin after it. */
  private static void anchored(FeatureBuffer out, int from, int to) {
    long before = Hashing.join(Hashing.start(Family.ANCHORED), 1);
    for (int i = from - 1; i >= Math.max(0, from - 3); i--) {
      before = Hashing.join(before, out.stems[i]);
      out.add(before, i, from - 1);
    }
    long after = Hashing.join(Hashing.start(Family.ANCHORED), 2);
    for (int i = to; i < Math.min(out.tokens, to + 3); i++) {
      after = Hashing.join(after, out.stems[i]);
      out.add(after, to, i);
    }
  }
}
