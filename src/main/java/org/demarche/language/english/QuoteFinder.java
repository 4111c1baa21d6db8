package org.demarche.language.english;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * Finds the quotations of an article by their marks alone, paragraph by paragraph.
 *
 * <p>Single marks count in an article where more speech stands in single marks than in double ones
 * (British style); elsewhere they are quotations inside a quotation. Of nested pairs the outermost
 * counts. A quotation that a paragraph leaves open continues in the next if that starts with a
 * mark. If not, its closing mark was forgotten and it ends before ", said …" or with the paragraph,
 * unless another quotation opens before: then the opening mark was a mistake and is ignored.
 */
final class QuoteFinder {

  /** Words of which an apostrophe stands for the start. */
  private static final List<String> ELISIONS = List.of("twas", "tis", "twere", "em", "til");

  private final Tokens tokens;
  private final boolean single;
  private final List<Quote> found = new ArrayList<>();

  /** The marks of one paragraph: pairs, marks left open, and the first that closes nothing. */
  private record Scan(
      List<Range> pairs, List<Integer> open, int strayCloser, int firstMark, boolean firstOpens) {}

  private QuoteFinder(Tokens tokens, boolean single) {
    this.tokens = tokens;
    this.single = single;
  }

  /** Returns the quotations in the order of the article; they do not overlap. */
  static List<Quote> of(Tokens tokens) {
    List<Quote> inDouble = new QuoteFinder(tokens, false).scanAll();
    List<Quote> inSingle = new QuoteFinder(tokens, true).scanAll();
    return inDouble.isEmpty()
            || speeches(tokens, inSingle, inDouble) > speeches(tokens, inDouble, inSingle)
        ? inSingle
        : inDouble;
  }

  /**
   * Returns how many of the quotations are in none of the others and end with a stop or a comma, as
   * speech does.
   */
  private static int speeches(Tokens tokens, List<Quote> quotes, List<Quote> others) {
    int count = 0;
    int other = 0;
    for (Quote quote : quotes) {
      while (other < others.size() && others.get(other).limit() <= quote.first()) {
        other++;
      }
      boolean nested = other < others.size() && others.get(other).first() < quote.first();
      int last = Math.max(quote.first(), quote.limit() - 2);
      boolean ends = tokens.is(last, Type.STOP) || tokens.is(last, ",");
      count += ends && !nested ? 1 : 0;
    }
    return count;
  }

  private List<Quote> scanAll() {
    boolean carried = false;
    Scan next = tokens.paragraphs() > 0 ? scan(0) : null;
    for (int paragraph = 0; paragraph < tokens.paragraphs(); paragraph++) {
      Scan scan = next;
      next = paragraph + 1 < tokens.paragraphs() ? scan(paragraph + 1) : null;
      int start = tokens.paragraphStart(paragraph);
      int end = tokens.paragraphEnd(paragraph);
      List<Quote> segments = new ArrayList<>();
      for (Range pair : scan.pairs()) {
        segments.add(new Quote(pair.first(), pair.limit(), carried && pair.first() == start));
      }
      if (carried && scan.strayCloser() >= 0 && scan.firstMark() == scan.strayCloser()) {
        segments.add(new Quote(start, scan.strayCloser() + 1, true));
      }
      boolean before = carried;
      carried = false;
      if (!scan.open().isEmpty()) {
        int outer = scan.open().get(0);
        boolean later =
            scan.open().size() > 1 || scan.pairs().stream().anyMatch(pair -> pair.first() > outer);
        int cue = cueIn(outer, end);
        boolean runsOn = cue == end && next != null && runsOnInto(next, paragraph + 1);
        if (runsOn || !later && !single) {
          segments.add(new Quote(outer, cue, before && outer == start));
          carried = runsOn;
        }
      }
      addOutermost(segments);
    }
    return found;
  }

  /** Returns where the first ", said Moor" is in a stretch, or its end. */
  private int cueIn(int first, int limit) {
    for (int i = first + 1; i + 2 < limit; i++) {
      if (tokens.is(i, ",")
          && (tokens.is(i + 1, "said") || tokens.is(i + 1, "says"))
          && (tokens.capitalised(i + 2) || tokens.is(i + 2, "the"))) {
        return i;
      }
    }
    return limit;
  }

  private boolean runsOnInto(Scan next, int paragraph) {
    if (next.firstMark() < 0) {
      return false;
    }
    return next.firstOpens()
        ? next.firstMark() == tokens.paragraphStart(paragraph)
        : next.firstMark() == next.strayCloser() && !single;
  }

  private void addOutermost(List<Quote> segments) {
    segments.sort(
        Comparator.comparingInt(Quote::first)
            .thenComparing(Comparator.comparingInt(Quote::limit).reversed()));
    int reached = -1;
    for (Quote segment : segments) {
      if (segment.first() >= reached) {
        found.add(segment);
        reached = segment.limit();
      }
    }
  }

  private Scan scan(int paragraph) {
    int start = tokens.paragraphStart(paragraph);
    int end = tokens.paragraphEnd(paragraph);
    Deque<Integer> stack = new ArrayDeque<>();
    List<Range> pairs = new ArrayList<>();
    int stray = -1;
    int firstMark = -1;
    boolean firstOpens = false;
    for (int i = start; i < end; i++) {
      if (!tokens.is(i, Type.QUOTE) || isDouble(i) == single || single && isElision(i, end)) {
        continue;
      }
      boolean opens = single ? opensSingle(i, start, end, stack) : opens(i, start, end, stack);
      if (single && !opens && (stack.isEmpty() || isPlural(i, end))) {
        continue; // an apostrophe
      }
      if (firstMark < 0) {
        firstMark = i;
        firstOpens = opens;
      }
      if (opens) {
        stack.push(i);
      } else if (!stack.isEmpty()) {
        pairs.add(new Range(stack.pop(), i + 1));
      } else if (stray < 0) {
        stray = i;
      }
    }
    List<Integer> open = new ArrayList<>(stack);
    open.sort(null);
    return new Scan(pairs, open, stray, firstMark, firstOpens);
  }

  /** Returns whether letters or digits are left out here: 'twas, the '90s. */
  private boolean isElision(int mark, int end) {
    int next = mark + 1;
    return next < end
        && !tokens.spaceBefore(next)
        && (tokens.is(next, Type.NUMBER)
                && tokens.length(next) == 3
                && tokens.last(next) == 's'
                && (next + 1 == end || !tokens.is(next + 1, Type.QUOTE))
            || ELISIONS.stream().anyMatch(word -> tokens.is(next, word)));
  }

  private boolean isDouble(int token) {
    if (tokens.length(token) == 2) {
      return true; // `` and ''
    }
    char mark = tokens.first(token);
    return mark == '"'
        || mark == '“'
        || mark == '”'
        || mark == '„'
        || mark == '‟'
        || mark == '«'
        || mark == '»';
  }

  private boolean opens(int token, int start, int end, Deque<Integer> stack) {
    char mark = tokens.first(token);
    boolean spaceBefore = token == start || tokens.spaceBefore(token);
    boolean spaceAfter = token + 1 == end || tokens.spaceBefore(token + 1);
    char after = token + 1 == end ? ' ' : tokens.first(token + 1);
    switch (mark) {
      case '“', '‟', '„', '«':
        boolean closes =
            !stack.isEmpty() && !spaceBefore && (spaceAfter || ".,;:!?)".indexOf(after) >= 0);
        return mark == '„' || !closes;
      case '”', '»':
        return stack.isEmpty() && spaceBefore && !spaceAfter && Character.isLetterOrDigit(after);
      case '`':
        return true;
      default:
        boolean quoteBefore = token > start && tokens.is(token - 1, Type.QUOTE);
        boolean opensBySpace =
            !spaceAfter
                && (spaceBefore
                    || "([{—–-‘'/".indexOf(tokens.last(token - 1)) >= 0
                    || quoteBefore && stack.isEmpty());
        boolean closesBySpace =
            !spaceBefore
                && (spaceAfter
                    || ".,;:!?)]}—–-’'".indexOf(after) >= 0
                    || tokens.is(token + 1, Type.QUOTE));
        return opensBySpace == closesBySpace ? stack.isEmpty() : opensBySpace;
    }
  }

  /**
   * Returns whether a mark behind a letter is an apostrophe, since another one closes before the
   * next opens: "the residents' choice,'".
   */
  private boolean isPlural(int token, int end) {
    if (!Character.isLetter(tokens.last(token - 1))) {
      return false;
    }
    for (int i = token + 1; i < end; i++) {
      if (tokens.is(i, Type.QUOTE)) {
        return !tokens.spaceBefore(i) && !Character.isLetter(tokens.last(i - 1));
      }
    }
    return false;
  }

  /** Returns whether a single mark opens a quotation; an apostrophe has the same shape. */
  private boolean opensSingle(int token, int start, int end, Deque<Integer> stack) {
    boolean spaceBefore =
        token == start || tokens.spaceBefore(token) || "(—–".indexOf(tokens.last(token - 1)) >= 0;
    boolean spaceAfter = token + 1 == end || tokens.spaceBefore(token + 1);
    return stack.isEmpty() && spaceBefore && !spaceAfter && tokens.first(token) != '’';
  }
}
