package org.demarche.attribution.learned;

import static org.demarche.attribution.learned.Aspect.CERTAINTY;
import static org.demarche.attribution.learned.Aspect.CUE;
import static org.demarche.attribution.learned.Aspect.EDGES;
import static org.demarche.attribution.learned.Aspect.FINDERS;
import static org.demarche.attribution.learned.Aspect.RIVALS;
import static org.demarche.attribution.learned.Aspect.RULE;
import static org.demarche.attribution.learned.Aspect.SHAPE;
import static org.demarche.attribution.learned.Aspect.SOURCE;
import static org.demarche.attribution.learned.Aspect.START;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Range;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * The features of a candidate as hashes: which finders found it and how well they agree, its words,
 * marks and lengths, and what the tagger thinks of its tokens.
 *
 * <p>Not safe to share between threads.
 */
final class CandidateFeatures {

  /** How many features each candidate has. */
  static final int COUNT = 45;

  private static final double[] BINS = {.02, .05, .1, .2, .35, .5, .65, .8, .9, .95, .98};

  private static final int NO_RULE = 99;
  private static final int NO_CUE = 99;
  private static final int NONE = 15;

  private final TaggedText tagged;
  private final TokenContext context;
  private final AnnotatedText text;
  private final Tokens tokens;

  /** The first tokens of all contents, and those after their last ones, each sorted. */
  private final int[] starts;

  private final int[] limits;

  /** How many candidates each group has. */
  private final Map<Integer, Integer> variants = new HashMap<>();

  private final int[] hashes = new int[COUNT];
  private final Aspect[] aspects = new Aspect[COUNT];
  private int count;

  /**
   * @param all the candidates of the article, in any order
   */
  CandidateFeatures(TaggedText tagged, List<Candidate> all) {
    this.tagged = tagged;
    starts = all.stream().mapToInt(Candidate::first).sorted().toArray();
    limits = all.stream().mapToInt(Candidate::limit).sorted().toArray();
    all.forEach(candidate -> variants.merge(candidate.group(), 1, Integer::sum));
    context = tagged.context;
    text = context.text;
    tokens = context.tokens;
  }

  private void put(Aspect aspect, int a, int b, int c) {
    aspects[count] = aspect;
    hashes[count] = Hash.of(count, a, b, c);
    count++;
  }

  /** Returns the features of a candidate. The array is used again by the next call. */
  int[] of(Candidate candidate) {
    count = 0;
    Range cue = candidate.statement().cue();
    Range source = candidate.statement().source();
    int first = candidate.first();
    int last = candidate.limit() - 1;
    int length = candidate.length();
    int rule = candidate.rule() == null ? NO_RULE : candidate.rule().hashCode();
    int sources = candidate.sources().ordinal();
    int found = candidate.rule() == null ? 2 : candidate.tagged() == null ? 4 : 6;
    int by = found + (candidate.isTaggersContent() ? 1 : 0);
    int match = match(candidate.match());
    int quoted = quoted(candidate, length);
    put(START, 0, 0, 0);
    put(FINDERS, by, match, 0);
    put(FINDERS, by, match, sources);
    put(RULE, rule, 0, 0);
    put(RULE, rule, by, sources);
    put(RULE, rule, match, by);
    put(FINDERS, sources, quoted, by);

    int cueWord = cue == null ? 1 : context.word[cue.limit() - 1];
    Range taggedCue = candidate.tagged() == null ? null : candidate.tagged().cue();
    put(CUE, cueWord, by, 0);
    put(CUE, cueWord, rule, 0);
    put(CUE, cue == null ? 1 : context.word[cue.first()], 0, 0);
    put(CUE, taggedCue == null ? 1 : context.word[taggedCue.limit() - 1], by, 0);
    int before = first > 0 ? context.word[first - 1] : 1;
    int behind = last + 1 < context.size ? context.word[last + 1] : 1;
    put(EDGES, context.word[first], by, 0);
    put(EDGES, before, by, 0);
    put(EDGES, before, context.word[first], 0);
    put(EDGES, behind, by, 0);
    put(EDGES, behind, tokens.first(last), 0);
    put(EDGES, mark(last), last + 1 < context.size ? mark(last + 1) : 0, by);
    put(SHAPE, length(length), by, quoted);
    put(SHAPE, quoted, by, candidate.statement().content().size() > 1 ? 1 : 0);
    put(SHAPE, context.quote[first], context.quote[last], by);

    int rivals = rivals(candidate);
    double least = 1;
    for (Range piece : candidate.statement().content()) {
      for (int i = piece.first(); i < piece.limit(); i++) {
        least = Math.min(least, tagged.content(i));
      }
    }
    int mean = bin(tagged.meanContent(candidate.statement().content()));
    int lowest = bin(least);
    int begin = bin(tagged.begin(first));
    int stop =
        last + 1 < context.size
            ? bin(1 - tagged.probability(last + 1, Tag.CONTENT_INSIDE))
            : BINS.length;
    put(RIVALS, rivals, by, quoted);
    put(RIVALS, rivals, mean, 0);
    put(CERTAINTY, mean, by, match);
    put(CERTAINTY, lowest, by, quoted);
    put(CERTAINTY, lowest, mean, 0);
    put(CERTAINTY, begin, by, 0);
    put(CERTAINTY, stop, by, 0);
    put(CERTAINTY, begin, stop, lowest);

    int cueBin = bin(most(cue, tagged::cue));
    int sourceBin = bin(most(source, tagged::source));
    put(CUE, cueBin, by, 0);
    put(CUE, cueBin, mean, cue == null ? 1 : 0);
    put(SOURCE, sourceBin, sources, 0);
    put(SOURCE, bin(most(source, i -> tagged.probability(i, Tag.SOURCE_BEGIN))), sources, 0);
    put(SOURCE, sourceBin, cueBin, sources);
    put(SOURCE, source == null ? bin(anySource(first, last)) : NONE, sources, quoted);
    put(RULE, rule, mean, 0);
    put(RULE, rule, lowest, 0);
    put(RULE, rule, sourceBin, 0);
    put(RULE, rule, cueBin, 0);

    put(SOURCE, source == null ? 0 : sort(source), sources, 0);
    int sourceLength = source == null ? 0 : length(source.limit() - source.first());
    put(
        SOURCE,
        sourceLength,
        sources,
        source == null ? 0 : context.quote[source.first()] == 0 ? 1 : 2);
    put(SOURCE, source == null ? 0 : gap(source, first, last, true), sources, quoted);
    put(CUE, cue == null ? 0 : gap(cue, first, last, false), by, quoted);
    put(CUE, cue == null ? NO_CUE : context.bin[cue.limit() - 1], by, 0);
    put(SHAPE, context.sentence[first] == context.sentence[last] ? 0 : 1, quoted, by);
    put(EDGES, context.role[first], by, rule);
    if (count != COUNT) {
      throw new IllegalStateException("COUNT must be " + count);
    }
    return hashes;
  }

  /** Returns what a feature looks at, by its place in {@link #of}, which was called before. */
  Aspect aspect(int feature) {
    return aspects[feature];
  }

  private static int match(double match) {
    return match > .999
        ? 5
        : match >= .9 ? 4 : match >= .7 ? 3 : match >= .5 ? 2 : match > 0 ? 1 : 0;
  }

  private static int bin(double probability) {
    int bin = 0;
    while (bin < BINS.length && probability >= BINS[bin]) {
      bin++;
    }
    return bin;
  }

  private static int length(int tokens) {
    return tokens < 4
        ? tokens
        : tokens < 6 ? 4 : tokens < 9 ? 5 : tokens < 14 ? 6 : tokens < 22 ? 7 : tokens < 40 ? 8 : 9;
  }

  private int quoted(Candidate candidate, int length) {
    int quoted = 0;
    for (Range piece : candidate.statement().content()) {
      for (int i = piece.first(); i < piece.limit(); i++) {
        quoted += text.isQuoted(i) ? 1 : 0;
      }
    }
    return quoted == 0 ? 0 : quoted * 10 >= length * 9 ? 2 : 1;
  }

  private int mark(int token) {
    return tokens.is(token, Type.WORD) ? 0 : tokens.first(token);
  }

  /** Returns how many candidates of other statements overlap this one, three at most. */
  private int rivals(Candidate candidate) {
    int endBefore = lower(limits, candidate.first() + 1);
    int startBefore = lower(starts, candidate.limit());
    return Math.min(3, startBefore - endBefore - variants.get(candidate.group()));
  }

  /** Returns how many of the sorted numbers are less than {@code number}. */
  private static int lower(int[] sorted, int number) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the greatest probability of a token of the range, 0 for null. */
  private static double most(Range range, IntToDoubleFunction probability) {
    return range == null ? 0 : most(range.first(), range.limit(), probability);
  }

  private static double most(int first, int limit, IntToDoubleFunction probability) {
    double most = 0;
    for (int i = first; i < limit; i++) {
      most = Math.max(most, probability.applyAsDouble(i));
    }
    return most;
  }

  /** Returns how probable a source in the sentences of the content is. */
  private double anySource(int first, int last) {
    return most(
        tokens.sentenceStart(context.sentence[first]),
        tokens.sentenceEnd(context.sentence[last]),
        tagged::source);
  }

  /** Returns what a source begins with, and whether its last word has a capital. */
  private int sort(Range source) {
    int capital = tokens.capitalised(source.limit() - 1) ? 1 : 0;
    return context.role[source.first()] * 2 + capital;
  }

  private int gap(Range part, int first, int last, boolean countSentences) {
    int gap = 32;
    if (part.limit() <= first) {
      gap = length(first - part.limit());
    } else if (part.first() > last) {
      gap = 16 + length(part.first() - last - 1);
    }
    int sentences = Math.abs(context.sentence[part.first()] - context.sentence[first]);
    return countSentences ? gap + 64 * Math.min(2, sentences) : gap;
  }
}
