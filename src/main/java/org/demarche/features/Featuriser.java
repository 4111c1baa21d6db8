package org.demarche.features;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.demarche.stance.Passage;

/**
 * Turns a passage into the set of its features: tokens in a row, pieces of tokens, stems, looks;
 * and, where the passage is about a target, what stands around its mention. Training and scoring
 * call the same loop.
 *
 * <p>A token that a negation denies shares nothing with the same token affirmed but its rows: the
 * dozen pieces of "accept" would otherwise outvote the one "never" before it. Not so where there is
 * a target: models of targets were found to need the word itself more.
 *
 * <p>A feature is present or absent; counting occurrences was found to add nothing. Immutable and
 * safe to share; each thread brings its own {@link FeatureBuffer}.
 */
public final class Featuriser {

  /** Changes whenever a passage may get other features; a model of another version is refused. */
  public static final int VERSION = 3;

  /** Longer tokens, mostly addresses, are cut here. */
  static final int LONGEST_TOKEN = 40;

  private static final byte IN_TARGET = 1;
  private static final byte DENIED = 2;
  private static final byte ENDS_CLAUSE = 4;

  private static final int WINDOW = 6;
  private static final int OFFSETS = 4;
  private static final int NEGATION_REACH = 5;

  private static final long WORDS = Hashing.start(Family.WORD);
  private static final long PIECES = Hashing.start(Family.PIECE);
  private static final long DENIED_PIECES = Hashing.start(Family.DENIED_PIECE);
  private static final long DENIED_STEMS = Hashing.start(Family.DENIED);
  private static final long LOOKS = Hashing.start(Family.LOOK);

  private static final long TARGET_MARK = Hashing.word("\u0000target");
  private static final long SEMEVAL_TAG = Hashing.word("#semst");

  /** Words that deny, refuse or put in doubt what follows; "rule" for what is ruled out. */
  private static final List<String> NEGATIONS =
      List.of(
          "not",
          "no",
          "never",
          "nor",
          "neither",
          "none",
          "nobody",
          "nothing",
          "without",
          "cannot",
          "can't",
          "don't",
          "doesn't",
          "didn't",
          "won't",
          "wouldn't",
          "isn't",
          "aren't",
          "wasn't",
          "weren't",
          "shouldn't",
          "couldn't",
          "hasn't",
          "haven't",
          "hadn't",
          "ain't",
          "hardly",
          "barely",
          "scarcely",
          "unlikely",
          "unwilling",
          "unless",
          "against",
          "nowhere",
          "far",
          "denied",
          "denies",
          "deny",
          "refuse",
          "refused",
          "refuses",
          "refusing",
          "reject",
          "rejected",
          "rejects",
          "rejecting",
          "decline",
          "declined",
          "rule",
          "ruled",
          "rules",
          "ruling",
          "stop",
          "stopped",
          "fail",
          "failed",
          "fails",
          "lack",
          "lacks");

  /** What comes after is said anew: "not to punish them but to thank them". */
  private static final List<String> TURNS =
      List.of("but", "because", "although", "while", "though");

  private static final List<String> CLAUSE_OPENERS =
      List.of(
          "but",
          "and",
          "or",
          "while",
          "although",
          "though",
          "because",
          "who",
          "which",
          "that",
          "whose",
          "when",
          "if",
          "as",
          "after",
          "before",
          "whether",
          "despite");

  private static final byte NEGATION = 1;
  private static final byte TURN = 2;
  private static final byte CLAUSE_OPENER = 4;

  /**
   * What the words of the lists above do, by hash: open addressing, so sparse as to be one look.
   */
  private static final long[] ROLE_WORDS = new long[2048];

  private static final byte[] ROLES = new byte[ROLE_WORDS.length];

  private static final byte SYMBOL = 0;
  private static final byte SPACE = 1;
  private static final byte LETTER = 2;
  private static final byte DIGIT = 3;

  /**
   * Classes of the characters up to the typographic quotation marks; a look costs less than a
   * question.
   */
  private static final byte[] CLASSES = new byte[0x2070];

  /** The same characters as they stand in a feature. */
  private static final char[] NORMAL = new char[CLASSES.length];

  static {
    for (char c = 0; c < CLASSES.length; c++) {
      CLASSES[c] = findClassOf(c);
      NORMAL[c] = findNormalOf(c);
    }
    addRole(NEGATIONS, NEGATION);
    addRole(TURNS, TURN);
    addRole(CLAUSE_OPENERS, CLAUSE_OPENER);
  }

  private static void addRole(List<String> words, byte role) {
    for (String word : words) {
      long hash = Hashing.word(word);
      int place = placeOfRole(hash);
      ROLE_WORDS[place] = hash;
      ROLES[place] |= role;
    }
  }

  /** Returns where the role of a word stands, or a place without a role. */
  private static int placeOfRole(long hash) {
    int place = (int) hash & ROLE_WORDS.length - 1;
    while (ROLE_WORDS[place] != hash && ROLE_WORDS[place] != 0) {
      place = place + 1 & ROLE_WORDS.length - 1;
    }
    return place;
  }

  /**
   * Writes the features of {@code passage} into {@code out}, in place of what was there.
   *
   * @param out a buffer of the calling thread
   */
  public void extract(Passage passage, FeatureBuffer out) {
    out.clear();
    scan(passage, out);
    rows(out, hasTarget(passage));
    edges(out);
    if (passage.hasTargetPlace()) {
      around(out);
    } else if (passage.target() != null) {
      copies(passage.target(), out);
    }
  }

  private static boolean hasTarget(Passage passage) {
    return passage.target() != null || passage.hasTargetPlace();
  }

  /** Returns the features of {@code passage}, each once, in rising order. */
  public int[] features(Passage passage) {
    FeatureBuffer buffer = FeatureBuffer.forScoring();
    extract(passage, buffer);
    return Arrays.stream(buffer.ids(), 0, buffer.size()).sorted().distinct().toArray();
  }

  /** Returns, by id, those features of {@code passage} that place one word around the target. */
  public Map<Integer, PlacedWord> placedWords(Passage passage) {
    FeatureBuffer buffer = FeatureBuffer.forExplaining();
    extract(passage, buffer);
    Map<Integer, PlacedWord> placed = new HashMap<>();
    for (int i = 0; i < buffer.size(); i++) {
      int position = buffer.position(i);
      if (position >= 0) {
        int token = buffer.firstToken(i);
        boolean denied = (buffer.flags[token] & DENIED) != 0;
        placed.put(buffer.ids()[i], new PlacedWord(buffer.stems[token], denied, position));
      }
    }
    return placed;
  }

  /** Finds the tokens, and with each its pieces, its stem, and how it looks. */
  private static void scan(Passage passage, FeatureBuffer out) {
    // With FeatureTable.addTo the innermost loop of scoring: each character is read once, features
    // go straight into the array, repeated or not. FeaturiserTest holds it to a plain version.
    int length = passage.text().length();
    out.ensureText(length);
    char[] text = out.text;
    passage.text().getChars(0, length, text, 0);
    boolean hasTarget = hasTarget(passage);
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
        byte role = ROLES[placeOfRole(hash)];
        if (role != 0) {
          if ((role & NEGATION) != 0) {
            deniedUntil = token + NEGATION_REACH;
          }
          if ((role & TURN) != 0) {
            deniedUntil = -1;
          }
          if ((role & CLAUSE_OPENER) != 0) {
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
   * Reads the word that begins at {@code start}: letters and digits, apostrophes inside it; a
   * possessive 's is a token of its own. Leaves it between two spaces in {@link
   * FeatureBuffer#padded}, and the hashes of its beginnings.
   *
   * @return where the word ends in the text
   */
  private static int readWord(char[] text, int start, int length, FeatureBuffer out) {
    char[] padded = out.padded;
    long[] prefixes = out.prefixes;
    long hash = WORDS;
    int kept = 0;
    int i = start;
    do {
      char c = normalOf(text[i++]);
      if (kept < LONGEST_TOKEN) {
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
    for (int i = 0; i < Math.min(length, LONGEST_TOKEN); i++) {
      hash = Hashing.join(hash, normal);
    }
    return hash;
  }

  /**
   * Four and six characters of the padded word, from each of its characters on; the whole of a word
   * of one letter. Three and five beside them were found to add nothing but time.
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
   * Returns the length of a word's stem: the word without the endings of its inflection. Crude on
   * purpose; it has to be the same for "urged" and "urges", not to be a word.
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

  private static void look(char[] text, int start, int end, int token, FeatureBuffer out) {
    int i = start;
    while (i < end && text[i] >= 'A' && text[i] <= 'Z') {
      i++;
    }
    if (i == end && end - start >= 2) {
      out.add(Hashing.join(LOOKS, -1), token, token);
    }
    // Zero where three characters in a row are the same, its sign kept: no branch to guess wrong.
    int sign = 0;
    for (int j = start + 2; j < end; j++) {
      sign |= (text[j] ^ text[j - 1] | text[j - 1] ^ text[j - 2]) - 1;
    }
    if (sign < 0 && repeats(text, start, end)) {
      out.add(Hashing.join(LOOKS, -2), token, token);
    }
  }

  /** Whether a letter stands three times in a row. */
  private static boolean repeats(char[] text, int start, int end) {
    for (int i = start + 2; i < end; i++) {
      if (text[i] > '9' && text[i] == text[i - 1] && text[i] == text[i - 2]) {
        return true;
      }
    }
    return false;
  }

  /**
   * Tokens and pairs of them, stems and pairs of them; the mention of the target is one token.
   * Alone, a denied token is another than the same token affirmed, unless there is a target.
   */
  private static void rows(FeatureBuffer out, boolean hasTarget) {
    long family = Hashing.start(Family.GRAM);
    long stems = Hashing.start(Family.STEM);
    long deniedWords = Hashing.start(Family.DENIED_WORD);
    int before = -1;
    long singleBefore = 0;
    long stemBefore = 0;
    for (int i = 0; i < out.tokens; i++) {
      boolean target = (out.flags[i] & IN_TARGET) != 0;
      if (target && i > 0 && (out.flags[i - 1] & IN_TARGET) != 0) {
        continue;
      }
      long word = target ? TARGET_MARK : out.words[i];
      long stem = target ? TARGET_MARK : out.stems[i];
      long single = Hashing.join(family, word);
      if ((out.flags[i] & DENIED) != 0 && !hasTarget) {
        out.add(Hashing.join(deniedWords, word), i, i);
      } else {
        out.add(single, i, i);
        out.add(Hashing.join(stems, stem), i, i);
      }
      if (before >= 0) {
        out.add(Hashing.join(singleBefore, word), before, i);
        out.add(Hashing.join(Hashing.join(stems, stemBefore), stem), before, i);
      }
      before = i;
      singleBefore = single;
      stemBefore = stem;
    }
  }

  private static void edges(FeatureBuffer out) {
    if (out.tokens == 0) {
      return;
    }
    int last = out.tokens - 1;
    long family = Hashing.start(Family.EDGE);
    out.add(Hashing.join(Hashing.join(family, 1), out.words[0]), 0, 0);
    out.add(Hashing.join(Hashing.join(family, 2), out.words[last]), last, last);
  }

  /** What stands around the mention of the target. */
  private static void around(FeatureBuffer out) {
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

  /** Adds that a token stands in a position to the target. */
  private static void addPlaced(long family, int token, int position, FeatureBuffer out) {
    out.add(Hashing.join(family, tied(out, token)), token, token);
    out.placed(position);
  }

  /** The stem of a token, told apart where it is denied. */
  private static long tied(FeatureBuffer out, int token) {
    return (out.flags[token] & DENIED) != 0 ? ~out.stems[token] : out.stems[token];
  }

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
          out.add(Hashing.join(Hashing.join(family, tied(out, i)), tied(out, i + 1)), i, i + 1);
        }
      }
    }
  }

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

  /** Every feature once more for this target, so that a word can mean another thing about it. */
  private static void copies(String target, FeatureBuffer out) {
    long family = Hashing.join(Hashing.start(Family.COPY), Hashing.word(target));
    int plain = out.size();
    for (int i = 0; i < plain; i++) {
      out.addCopy(Hashing.join(family, out.ids()[i]), i);
    }
    out.add(Hashing.join(Hashing.start(Family.TARGET), Hashing.word(target)), 0, 0);
  }

  private static boolean opensTag(char[] text, int i, int length) {
    return (text[i] == '#' || text[i] == '@') && i + 1 < length && classOf(text[i + 1]) >= LETTER;
  }

  private static boolean innerApostrophe(char[] text, int i, int length) {
    return (text[i] == '\'' || text[i] == '’')
        && i + 1 < length
        && classOf(text[i + 1]) >= LETTER
        && !possessive(text, i, length);
  }

  private static boolean possessive(char[] text, int apostrophe, int length) {
    return (text[apostrophe + 1] == 's' || text[apostrophe + 1] == 'S')
        && (apostrophe + 2 >= length || classOf(text[apostrophe + 2]) < LETTER);
  }

  private static int endOfRun(char[] text, int start, int length) {
    int i = start + 1;
    while (i < length && text[i] == text[start]) {
      i++;
    }
    return i;
  }

  private static byte classOf(char c) {
    return c < CLASSES.length ? CLASSES[c] : findClassOf(c);
  }

  private static byte findClassOf(char c) {
    if (c == '_' || Character.isLetter(c)) {
      return LETTER;
    }
    if (Character.isDigit(c)) {
      return DIGIT;
    }
    return c <= ' ' || c == 127 || Character.isWhitespace(c) || Character.isSpaceChar(c)
        ? SPACE
        : SYMBOL;
  }

  private static char normalOf(char c) {
    return c < NORMAL.length ? NORMAL[c] : findNormalOf(c);
  }

  /** Returns a character in lower case, a digit of ASCII as 0, the curly apostrophe straight. */
  private static char findNormalOf(char c) {
    if (c >= '0' && c <= '9') {
      return '0';
    }
    return c == '’' ? '\'' : Character.toLowerCase(c);
  }
}
