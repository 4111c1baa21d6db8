package org.demarche.attribution.learned;

/**
 * The features of a token as hashes: its word and those around it, their forms and classes, the
 * quotation and clause that it is in, and the nearest words that can be cues.
 *
 * <p>Not safe to share between threads.
 */
final class TokenFeatures {

  /** How many features each token has. */
  static final int COUNT = 33;

  /** Stands for a word, a class or a bin before or behind the article. */
  private static final int EDGE = 0x5BD1E995;

  private static final int NONE = 15;

  private final TokenContext context;
  private final int[] hashes = new int[COUNT];
  private int count;

  TokenFeatures(TokenContext context) {
    this.context = context;
  }

  private void put(int a, int b, int c) {
    hashes[count] = Hash.of(count, a, b, c);
    count++;
  }

  /** Returns the features of the token. The array is used again by the next call. */
  int[] of(int i) {
    count = 0;
    words(i);
    forms(i);
    classes(i);
    quotation(i);
    triggers(i);
    marks(i);
    sentence(i);
    if (count != COUNT) {
      throw new IllegalStateException("COUNT must be " + count);
    }
    return hashes;
  }

  private void words(int i) {
    int w = word(i);
    int before = word(i - 1);
    int next = word(i + 1);
    put(before, 0, 0);
    put(next, 0, 0);
    put(word(i - 2), 0, 0);
    put(word(i + 2), 0, 0);
    put(before, w, 0);
  }

  private void forms(int i) {
    int shape = at(context.shape, i);
    put(shape, quote(i), 0);
    put(context.prefix[i], 0, 0);
  }

  private void classes(int i) {
    int role = role(i);
    int before = role(i - 1);
    int next = role(i + 1);
    put(role, 0, 0);
    put(before, role, 0);
    put(role, next, 0);
    put(before, role, next);
    put(role(i - 2), before, role);
    put(role(i - 3) * 31 + role(i - 2), before, role);
    put(bin(i - 1), bin(i), bin(i + 1));
    put(bin(i), before, next);
    put(at(context.name, i + 1), context.name[i], role);
  }

  private void quotation(int i) {
    int quote = quote(i);
    put(quote, role(i), 0);
    put(context.beforeQuote[i], quote, 0);
    put(context.beforeQuote[i], context.behindQuote[i], quote);
  }

  private void triggers(int i) {
    int quote = quote(i);
    int left = context.left[i];
    int right = context.right[i];
    int leftWord = left < 0 ? 1 : context.word[left];
    int rightWord = right < 0 ? 1 : context.word[right];
    int leftGap = left < 0 ? NONE : distance(i - left);
    int rightGap = right < 0 ? NONE : distance(right - i);
    int behindLeft = left < 0 ? 0 : word(left + 1);
    int beforeRight = right < 0 ? 0 : role(right - 1);
    int leftBin = left < 0 ? NONE : context.bin[left] * 8 + leftGap;
    int rightBin = right < 0 ? NONE : context.bin[right] * 8 + rightGap;
    int clause = context.clause[i];
    int role = role(i);
    put(leftWord, leftGap, quote);
    put(rightWord, rightGap, quote);
    put(leftBin, rightBin, quote);
    put(leftWord, behindLeft, role);
    put(rightWord, beforeRight, role);
    put(clause, leftGap, context.commas[i]);
    put(clause, role, role(i + 1));
    put(word(i), left < 0 ? 0 : context.bin[left], 0);
  }

  private void marks(int i) {
    int left = context.markLeft[i];
    int right = context.markRight[i];
    int leftMark = left < 0 ? 1 : context.tokens.first(left);
    int rightMark = right < 0 ? 1 : context.tokens.first(right);
    int cueSinceMark = context.left[i] > left ? 1 : 0;
    int cueBeforeMark = context.right[i] >= 0 && context.right[i] < right ? 1 : 0;
    put(leftMark, left < 0 ? NONE : distance(i - left), role(i));
    put(leftMark * 2 + cueSinceMark, rightMark * 2 + cueBeforeMark, context.left[i] < 0 ? 0 : 1);
  }

  private void sentence(int i) {
    int s = context.sentence[i];
    int first = context.tokens.sentenceStart(s);
    int limit = context.tokens.sentenceEnd(s);
    int quote = quote(i);
    int tail = context.tail[s] < 0 ? 0 : i <= context.tail[s] ? 1 : 2;
    int cueBefore = context.left[i] < 0 ? 0 : 1;
    put(tail, role(i), quote);
    put(role(first), first + 1 < limit ? role(first + 1) : 0, i == first ? 2 : cueBefore);
    put(distance(i - first), distance(limit - i), quote);
    put(at(context.name, i), context.left[i] < 0 ? NONE : context.bin[context.left[i]], tail);
  }

  private static int distance(int tokens) {
    return tokens < 4 ? tokens : tokens < 6 ? 4 : tokens < 10 ? 5 : tokens < 20 ? 6 : 7;
  }

  private int at(int[] numbers, int i) {
    return i < 0 || i >= context.size ? EDGE : numbers[i];
  }

  private int word(int i) {
    return at(context.word, i);
  }

  private int role(int i) {
    return at(context.role, i);
  }

  private int bin(int i) {
    return at(context.bin, i);
  }

  private int quote(int i) {
    return i < 0 || i >= context.size ? 9 : context.quote[i];
  }
}
