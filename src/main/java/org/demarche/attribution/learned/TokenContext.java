package org.demarche.attribution.learned;

import static org.demarche.language.english.Lexicon.CONJUNCTION;
import static org.demarche.language.english.Lexicon.NOUN_CUE;
import static org.demarche.language.english.Lexicon.SUBORDINATOR;
import static org.demarche.language.english.Lexicon.THAT;
import static org.demarche.language.english.Lexicon.WH;

import java.util.Arrays;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Quote;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * What the features of a token are made of, found once for all tokens of an article: its word and
 * form, where it is in a quotation, and which words around it can be cues.
 */
final class TokenContext {

  /** Where a token is in a quotation. */
  static final int UNQUOTED = 0;

  static final int OPENING = 1;
  static final int FIRST_WORDS = 2;
  static final int QUOTED = 3;
  static final int CLOSING = 4;

  /** A cue is looked for this many tokens beside a quotation. */
  private static final int BESIDE = 8;

  /** How many tokens before its end a sentence can have the comma before "…, Moor said". */
  private static final int TAIL = 14;

  private static final int NO_CUE = 9;

  /** Where the classes of names and the forms of verbs begin among the bits of the lexicon. */
  private static final int NAMES = Long.numberOfTrailingZeros(Lexicon.TITLE);

  private static final int FORMS = Long.numberOfTrailingZeros(Lexicon.BASE);
  private static final long NAME_BITS = 0x3FFFF;
  private static final int FORMS_AT = 25;

  final AnnotatedText text;
  final Tokens tokens;
  final int size;

  /** The hash of each word; numbers of one length are one word. */
  final int[] word;

  /** How the token is written: lower case, a capital, all capitals, a number, a mark. */
  final int[] shape;

  /** The first four letters of the word. */
  final int[] prefix;

  /**
   * The grammatical classes of the word, or its shape if it has none; the lowest bit says whether
   * it can be a cue.
   */
  final int[] role;

  /** The classes of the word in and around names. */
  final int[] name;

  /** The {@link CueShares#bin} of the word. */
  final int[] bin;

  /** Whether the word can be a cue. */
  final boolean[] trigger;

  final byte[] quote;
  final int[] sentence;
  final int[] paragraph;

  /** The nearest trigger before the token in its sentence, or −1; behind it likewise. */
  final int[] left;

  final int[] right;

  /** Hash of the last clause-opening word since the nearest trigger to the left; 0 for none. */
  final int[] clause;

  /** Commas since that trigger (or the start of the sentence), three at most. */
  final int[] commas;

  /** The nearest mark before the token in its sentence, or −1; behind it likewise. */
  final int[] markLeft;

  final int[] markRight;

  /** What stands before the quotation that contains the token, and behind it; 0 outside. */
  final int[] beforeQuote;

  final int[] behindQuote;

  /** For each sentence the comma in "…, Moor said.", or −1. */
  final int[] tail;

  TokenContext(AnnotatedText text, CueShares shares) {
    this.text = text;
    tokens = text.tokens();
    size = tokens.size();
    word = new int[size];
    shape = new int[size];
    prefix = new int[size];
    role = new int[size];
    name = new int[size];
    bin = new int[size];
    trigger = new boolean[size];
    quote = new byte[size];
    sentence = new int[size];
    paragraph = new int[size];
    left = new int[size];
    right = new int[size];
    clause = new int[size];
    commas = new int[size];
    markLeft = new int[size];
    markRight = new int[size];
    beforeQuote = new int[size];
    behindQuote = new int[size];
    tail = new int[tokens.sentences()];
    for (int i = 0; i < size; i++) {
      word(i, shares);
    }
    for (int p = 0; p < tokens.paragraphs(); p++) {
      Arrays.fill(paragraph, tokens.paragraphStart(p), tokens.paragraphEnd(p), p);
    }
    for (Quote quotation : text.quotes()) {
      inside(quotation);
    }
    for (int s = 0; s < tokens.sentences(); s++) {
      Arrays.fill(sentence, tokens.sentenceStart(s), tokens.sentenceEnd(s), s);
      fromLeft(s);
      fromRight(s);
      tail(s);
    }
    for (Quote quotation : text.quotes()) {
      Arrays.fill(beforeQuote, quotation.first(), quotation.limit(), before(quotation.first()));
      Arrays.fill(behindQuote, quotation.first(), quotation.limit(), behind(quotation.limit()));
    }
  }

  private void word(int i, CueShares shares) {
    word[i] = tokens.is(i, Type.NUMBER) ? 1000 + Math.min(tokens.length(i), 5) : tokens.hash(i);
    shape[i] = shape(i);
    prefix[i] = letters(tokens.start(i), Math.min(tokens.end(i), tokens.start(i) + 4));
    bin[i] = shares.bin(tokens.hash(i));
    trigger[i] =
        tokens.is(i, Type.WORD)
            && (CueShares.isTrigger(bin[i]) || text.isCueForm(i) || text.has(i, NOUN_CUE));
    int grammar = grammar(i) | (int) (text.classes(i) >>> FORMS & 31) << FORMS_AT;
    int cue = trigger[i] ? 1 : 0;
    role[i] = grammar != 0 ? grammar * 2 + cue : shape[i] * 4 + 2 + cue;
    name[i] = (int) (text.classes(i) >>> NAMES & NAME_BITS);
  }

  /** Returns the classes of the word in sentences. */
  private int grammar(int i) {
    return (int) (text.classes(i) & Lexicon.GRAMMAR);
  }

  private int letters(int start, int end) {
    int hash = 0;
    for (int k = start; k < end; k++) {
      hash = hash * 31 + Character.toLowerCase(tokens.text().charAt(k));
    }
    return hash;
  }

  private int shape(int i) {
    switch (tokens.type(i)) {
      case WORD:
        if (!Character.isUpperCase(tokens.first(i))) {
          return 1;
        }
        return tokens.length(i) == 1 ? 3 : text.isCapitals(i) ? 2 : 4;
      case NUMBER:
        return 5 + Math.min(4, tokens.length(i));
      default:
        return 100 + tokens.first(i);
    }
  }

  private void inside(Quote quotation) {
    for (int i = quotation.first(); i < quotation.limit(); i++) {
      quote[i] = (byte) (i - quotation.first() < 4 ? FIRST_WORDS : QUOTED);
    }
    quote[quotation.limit() - 1] = CLOSING;
    quote[quotation.first()] = OPENING;
  }

  private void fromLeft(int s) {
    int last = -1;
    int opener = 0;
    int count = 0;
    int mark = -1;
    for (int i = tokens.sentenceStart(s); i < tokens.sentenceEnd(s); i++) {
      left[i] = last;
      clause[i] = opener;
      commas[i] = Math.min(3, count);
      markLeft[i] = mark;
      if (trigger[i]) {
        last = i;
        count = 0;
        opener = 0;
      } else if (text.has(i, THAT | WH | SUBORDINATOR | CONJUNCTION)) {
        opener = word[i];
      }
      count += text.is(i, ',') ? 1 : 0;
      mark = isMark(i) ? i : mark;
    }
  }

  private void fromRight(int s) {
    int next = -1;
    int mark = -1;
    for (int i = tokens.sentenceEnd(s) - 1; i >= tokens.sentenceStart(s); i--) {
      right[i] = next;
      markRight[i] = mark;
      next = trigger[i] ? i : next;
      mark = isMark(i) ? i : mark;
    }
  }

  private boolean isMark(int i) {
    return switch (tokens.type(i)) {
      case PUNCTUATION, DASH, QUOTE, STOP -> true;
      default -> false;
    };
  }

  private void tail(int s) {
    int first = tokens.sentenceStart(s);
    int limit = tokens.sentenceEnd(s);
    while (limit > first && (tokens.is(limit - 1, Type.STOP) || tokens.is(limit - 1, Type.QUOTE))) {
      limit--;
    }
    tail[s] = -1;
    boolean cue = false;
    for (int i = limit - 1; i > first && i > limit - TAIL && tail[s] < 0; i--) {
      if (cue && (text.is(i, ',') || quote[i] == CLOSING)) {
        tail[s] = i;
      }
      cue |= trigger[i];
    }
  }

  /** Returns which of some forty sorts the token is: a possible cue, a mark, a word of a class. */
  private int sort(int i) {
    if (trigger[i]) {
      return 1;
    }
    if (!tokens.is(i, Type.WORD)) {
      return tokens.is(i, Type.NUMBER) ? 2 : 3 + tokens.first(i);
    }
    int grammar = grammar(i);
    if (grammar != 0) {
      return 1000 + Integer.numberOfTrailingZeros(Integer.highestOneBit(grammar));
    }
    return tokens.capitalised(i) ? 4 : 5;
  }

  private int behind(int at) {
    int comma = at < size && text.is(at, ',') ? 1 : 0;
    int first = at + comma;
    if (first >= size || paragraph[first] != paragraph[at - 1]) {
      return 1;
    }
    int cue = NO_CUE;
    int limit = Math.min(tokens.paragraphEnd(paragraph[first]), first + BESIDE);
    for (int i = first; i < limit && !tokens.is(i, Type.STOP) && cue == NO_CUE; i++) {
      cue = trigger[i] ? Math.min(i - first, 3) : cue;
    }
    int end = at < 2 ? 0 : text.is(at - 2, ',') ? 1 : tokens.is(at - 2, Type.STOP) ? 2 : 3;
    return Hash.of(7 + comma, sort(first), cue, end);
  }

  private int before(int at) {
    int last = at - 1;
    if (last < 0 || paragraph[last] != paragraph[at]) {
      return 1;
    }
    if (sentence[last] != sentence[at] && tokens.is(last, Type.STOP)) {
      return 2;
    }
    int cue = NO_CUE;
    int floor = Math.max(tokens.sentenceStart(sentence[at]), last - BESIDE + 1);
    for (int i = last; i >= floor && cue == NO_CUE; i--) {
      cue = trigger[i] ? Math.min(last - i, 3) : cue;
    }
    return Hash.of(3, sort(last), cue, 0);
  }

  /** Returns one of {@link TagChain#EDGES} kinds of edges between a token and the one before it. */
  int edge(int i) {
    boolean inside = quote[i] != UNQUOTED;
    if (quote[i] == OPENING) {
      return 1;
    }
    if (quote[i - 1] == CLOSING) {
      return text.is(i, ',') ? 2 : 3;
    }
    if (sentence[i] != sentence[i - 1]) {
      return inside ? 4 : 5;
    }
    if (text.is(i - 1, ',')) {
      return inside ? 6 : trigger[i] ? 7 : 8;
    }
    if (trigger[i - 1]) {
      return 9;
    }
    if (text.has(i, THAT)) {
      return 10;
    }
    return trigger[i] ? 11 : inside ? 6 : 0;
  }
}
