package org.demarche.features;

import static org.demarche.features.Characters.LETTER;
import static org.demarche.features.Characters.SPACE;
import static org.demarche.features.Characters.SYMBOL;
import static org.demarche.features.Characters.classOf;
import static org.demarche.features.Characters.endOfRun;
import static org.demarche.features.Characters.innerApostrophe;
import static org.demarche.features.Characters.normalOf;
import static org.demarche.features.Characters.opensTag;
import static org.demarche.features.FeatureBuffer.DENIED;
import static org.demarche.features.FeatureBuffer.ENDS_CLAUSE;
import static org.demarche.features.FeatureBuffer.IN_TARGET;

import org.demarche.stance.Passage;

/**
 * Finds the tokens of a passage and adds the features of each: its pieces, its stem if denied, and
 * how it looks.
 *
 * <p>With FeatureTable.addTo this is the innermost loop of scoring: each character is read once,
 * and features go straight into an array, repeated or not. FeaturiserTest compares it with a plain
 * version.
 */
final class PassageScanner {

  /** How many tokens after a negation are denied. */
  private static final int NEGATION_REACH = 5;

  private static final long WORDS = Hashing.start(Family.WORD);
  private static final long PIECES = Hashing.start(Family.PIECE);
  private static final long DENIED_PIECES = Hashing.start(Family.DENIED_PIECE);
  private static final long DENIED_STEMS = Hashing.start(Family.DENIED);
  private static final long LOOKS = Hashing.start(Family.LOOK);
  private static final long SEMEVAL_TAG = Hashing.word("#semst");

  private PassageScanner() {}

  /** Writes the tokens of {@code passage}, and the features of each, into {@code out}. */
  static void scan(Passage passage, FeatureBuffer out) {
    int length = passage.text().length();
    out.ensureText(length);
    char[] text = out.text;
    passage.text().getChars(0, length, text, 0);
    boolean hasTarget = Featuriser.hasTarget(passage);
    int deniedUntil = -1;
    int i = 0;
    while (i < length) {
      byte kind = classOf(text[i]);
      if (kind == SPACE) {
        i++;
        continue;
      }
      int start = i;
      int token = out.tokens;
      out.ensureTokens(token + 1);
      byte flag = 0;
      if (kind != SYMBOL || opensTag(text, i, length)) {
        i = readWord(text, start, length, out);
        long hash = out.prefixes[out.wordLength];
        if (hash == SEMEVAL_TAG) {
          continue;
        }
        out.words[token] = hash;
        long stem = out.prefixes[stemLength(out.padded, out.wordLength)];
        out.stems[token] = stem;
        if (start < passage.targetEnd() && passage.targetStart() < i) {
          flag |= IN_TARGET;
        } else {
          boolean denied = token <= deniedUntil;
          if (denied) {
            flag |= DENIED;
            out.add(Hashing.join(DENIED_STEMS, stem), token, token);
          }
          pieces(denied && !hasTarget ? DENIED_PIECES : PIECES, token, out);
          look(text, start, i, token, out);
        }
        byte role = WordRoles.of(hash);
        if (role != 0) {
          if ((role & WordRoles.NEGATION) != 0) {
            deniedUntil = token + NEGATION_REACH;
          }
          if ((role & WordRoles.TURN) != 0) {
            deniedUntil = -1;
          }
          if ((role & WordRoles.OPENER) != 0) {
            flag |= ENDS_CLAUSE;
          }
        }
      } else {
        i = endOfRun(text, start, length);
        if (start < passage.targetEnd() && passage.targetStart() < i) {
          flag |= IN_TARGET;
        }
        long hash = hashOfRun(text[start], i - start);
        out.words[token] = hash;
        out.stems[token] = hash;
        out.add(Hashing.join(Hashing.join(LOOKS, text[start]), i - start), token, token);
        if (text[start] != '\'' && text[start] != '’' && text[start] != '-') {
          flag |= ENDS_CLAUSE;
          deniedUntil = -1;
        }
      }
      out.starts[token] = start;
      out.ends[token] = i;
      out.flags[token] = flag;
      out.tokens++;
    }
  }

  /**
   * Reads the word that begins at {@code start}: letters, digits and apostrophes inside it; a
   * possessive 's is a token of its own. Writes it between two spaces into {@link
   * FeatureBuffer#padded}, and the hashes of its beginnings. Returns the offset after it.
   */
  private static int readWord(char[] text, int start, int length, FeatureBuffer out) {
    char[] padded = out.padded;
    long[] prefixes = out.prefixes;
    long hash = WORDS;
    int kept = 0;
    int i = start;
    do {
      char c = normalOf(text[i++]);
      if (kept < FeatureBuffer.LONGEST_TOKEN) {
        hash = Hashing.join(hash, c);
        padded[++kept] = c;
        prefixes[kept] = hash;
      }
    } while (i < length && (classOf(text[i]) >= LETTER || innerApostrophe(text, i, length)));
    padded[kept + 1] = ' ';
    out.wordLength = kept;
    return i;
  }

  private static long hashOfRun(char c, int length) {
    char normal = normalOf(c);
    long hash = WORDS;
    for (int i = 0; i < Math.min(length, FeatureBuffer.LONGEST_TOKEN); i++) {
      hash = Hashing.join(hash, normal);
    }
    return hash;
  }

  /**
   * Adds each four and each six characters in a row of the padded word, or a word of one letter as
   * a whole. Three and five characters were found to add only time.
   */
  private static void pieces(long family, int token, FeatureBuffer out) {
    char[] padded = out.padded;
    int length = out.wordLength + 2;
    int size = out.size();
    int[] ids = out.room(2 * length);
    int i = 0;
    for (; i + 6 <= length; i++) {
      long hash = fourOf(family, padded, i);
      ids[size] = Hashing.id(hash);
      ids[size + 1] = Hashing.id(Hashing.join(Hashing.join(hash, padded[i + 4]), padded[i + 5]));
      size += 2;
    }
    for (; i + 4 <= length; i++) {
      ids[size++] = Hashing.id(fourOf(family, padded, i));
    }
    if (length == 3) {
      ids[size++] = Hashing.id(threeOf(family, padded, 0));
    }
    out.added(size, token, token);
  }

  private static long fourOf(long family, char[] padded, int i) {
    return Hashing.join(threeOf(family, padded, i), padded[i + 3]);
  }

  private static long threeOf(long family, char[] padded, int i) {
    return Hashing.join(
        Hashing.join(Hashing.join(family, padded[i]), padded[i + 1]), padded[i + 2]);
  }

  /**
   * Returns the length of a word's stem: the word without inflectional endings. The stem need not
   * be a word, but "urged" and "urges" must have the same one.
   */
  private static int stemLength(char[] padded, int length) {
    int end = length;
    if (end > 5 && endsWith(padded, end, "ing")) {
      end -= 3;
    } else if (end > 4 && endsWith(padded, end, "ied") || end > 4 && endsWith(padded, end, "ies")) {
      end -= 2;
    } else if (end > 4 && endsWith(padded, end, "ed") || end > 4 && endsWith(padded, end, "es")) {
      end -= 2;
    } else if (end > 4 && endsWith(padded, end, "ly")) {
      end -= 2;
    } else if (end > 3 && padded[end] == 's' && padded[end - 1] != 's') {
      end -= 1;
    }
    if (end > 3 && padded[end] == padded[end - 1]) {
      end--;
    } else if (end > 3 && padded[end] == 'e') {
      end--;
    }
    return end;
  }

  private static boolean endsWith(char[] padded, int length, String ending) {
    for (int i = 0; i < ending.length(); i++) {
      if (padded[length - ending.length() + 1 + i] != ending.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Adds whether the word is in capitals, and whether a letter is repeated as in "sooo". */
  private static void look(char[] text, int start, int end, int token, FeatureBuffer out) {
    int i = start;
    while (i < end && text[i] >= 'A' && text[i] <= 'Z') {
      i++;
    }
    if (i == end && end - start >= 2) {
      out.add(Hashing.join(LOOKS, -1), token, token);
    }
    // Negative if three characters in a row are the same; found without branches, to be fast.
    int sign = 0;
    for (int j = start + 2; j < end; j++) {
      sign |= (text[j] ^ text[j - 1] | text[j - 1] ^ text[j - 2]) - 1;
    }
    if (sign < 0 && repeats(text, start, end)) {
      out.add(Hashing.join(LOOKS, -2), token, token);
    }
  }

  /** Returns whether a letter stands three times in a row. */
  private static boolean repeats(char[] text, int start, int end) {
    for (int i = start + 2; i < end; i++) {
      if (text[i] > '9' && text[i] == text[i - 1] && text[i] == text[i - 2]) {
        return true;
      }
    }
    return false;
  }
}
