package org.demarche.attribution.learned;

import java.util.ArrayList;
import java.util.List;
import org.demarche.language.english.Range;

/**
 * Makes statements of tags: each content gets the nearest cue, and the source that is nearest to
 * that cue. Parts in between add to the distance.
 */
final class StatementLinker {

  /**
   * Parts farther from each other than this do not belong together. Distances count tokens; the
   * numbers below are added for each end of a sentence, cue, content or source in between.
   */
  private static final int FARTHEST = 60;

  private static final int SENTENCE = 20;
  private static final int CUE_BETWEEN = 12;
  private static final int CONTENT_BETWEEN = 11;
  private static final int SOURCE_BETWEEN = 8;

  private final TokenContext context;
  private final List<List<Range>> contents = new ArrayList<>();
  private final List<Range> extents = new ArrayList<>();
  private final List<Range> cues = new ArrayList<>();
  private final List<Range> sources = new ArrayList<>();

  private StatementLinker(TaggedText tagged) {
    context = tagged.context;
    gather(tagged.tags);
    contents.forEach(content -> extents.add(extent(content)));
  }

  /** Returns the statements of an article in the order of their contents. */
  static List<TaggedStatement> link(TaggedText tagged) {
    StatementLinker linker = new StatementLinker(tagged);
    List<TaggedStatement> statements = new ArrayList<>();
    for (int i = 0; i < linker.contents.size(); i++) {
      statements.add(linker.statement(i));
    }
    return statements;
  }

  private static Range extent(List<Range> content) {
    return new Range(content.get(0).first(), content.get(content.size() - 1).limit());
  }

  private void gather(byte[] tags) {
    Tag[] names = Tag.values();
    int i = 0;
    while (i < tags.length) {
      Tag tag = names[tags[i]];
      int limit = i + 1;
      if (tag != Tag.OUTSIDE) {
        int inside = tag.inside().ordinal();
        while (limit < tags.length && tags[limit] == inside && !opensSpeech(limit)) {
          limit++;
        }
        // A dateline is said by nobody.
        int first = context.text.behindDateline(i);
        add(tag, new Range(first < limit ? first : i, limit));
      }
      i = limit;
    }
  }

  /** Returns whether a sentence and a quotation open here; reported words end before them. */
  private boolean opensSpeech(int token) {
    return context.quote[token] == TokenContext.OPENING
        && context.sentence[token] != context.sentence[token - 1]
        && !isQuoted(token - 1);
  }

  private void add(Tag tag, Range range) {
    List<Range> last = contents.isEmpty() ? null : contents.get(contents.size() - 1);
    switch (tag) {
      case SOURCE_BEGIN, SOURCE_INSIDE -> sources.add(range);
      case CUE_BEGIN, CUE_INSIDE -> cues.add(range);
      default -> {
        if (tag == Tag.CONTENT_RESUMED && last != null && continues(last, range)) {
          last.add(range);
        } else {
          contents.add(new ArrayList<>(List.of(range)));
        }
      }
    }
  }

  /** Returns whether a piece goes on with a content: in its sentence, or both are quoted. */
  private boolean continues(List<Range> content, Range piece) {
    int end = content.get(content.size() - 1).limit() - 1;
    int first = piece.first();
    boolean quoted = isQuoted(end) && isQuoted(first);
    return context.sentence[end] == context.sentence[first]
        || quoted && context.paragraph[first] - context.paragraph[end] <= 1;
  }

  private boolean isQuoted(int token) {
    return context.quote[token] != TokenContext.UNQUOTED;
  }

  private TaggedStatement statement(int content) {
    Range extent = extents.get(content);
    boolean quoted = isQuoted(extent.first()) || isQuoted(extent.limit() - 1);
    Range cue = null;
    int nearest = FARTHEST;
    for (Range candidate : near(cues, extent)) {
      int distance =
          distance(extent, candidate)
              + CUE_BETWEEN * between(cues, extent, candidate)
              + CONTENT_BETWEEN * between(extents, extent, candidate);
      if (distance < nearest) {
        nearest = distance;
        cue = candidate;
      }
    }
    Range anchor = cue == null ? extent : cue;
    Range source = null;
    nearest = FARTHEST;
    for (Range candidate : near(sources, anchor)) {
      int distance =
          distance(anchor, candidate)
              + CUE_BETWEEN * between(cues, anchor, candidate)
              + CONTENT_BETWEEN * between(extents, anchor, candidate)
              + SOURCE_BETWEEN * between(sources, anchor, candidate);
      boolean here = context.sentence[candidate.first()] == context.sentence[anchor.first()];
      if (distance < nearest && (here || quoted)) {
        nearest = distance;
        source = candidate;
      }
    }
    return new TaggedStatement(contents.get(content), cue, source);
  }

  /** Returns the ranges that are not too far; {@code ranges} are in the order of the article. */
  private static List<Range> near(List<Range> ranges, Range range) {
    return ranges.subList(
        firstBehind(ranges, range.first() - FARTHEST),
        firstBehind(ranges, range.limit() + FARTHEST));
  }

  /** Returns the index of the first range that starts at {@code token} or later. */
  private static int firstBehind(List<Range> ranges, int token) {
    int low = 0;
    int high = ranges.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (ranges.get(middle).first() < token) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns how many of the ranges lie between two others. */
  private static int between(List<Range> ranges, Range a, Range b) {
    int from = Math.min(a.limit(), b.limit());
    int to = Math.max(a.first(), b.first());
    int count = 0;
    for (int i = firstBehind(ranges, from); i < ranges.size() && ranges.get(i).limit() <= to; i++) {
      count++;
    }
    return count;
  }

  private int distance(Range a, Range b) {
    if (a.limit() <= b.first()) {
      return b.first()
          - a.limit()
          + SENTENCE * (context.sentence[b.first()] - context.sentence[a.limit() - 1]);
    }
    return b.limit() <= a.first() ? distance(b, a) : 0;
  }
}
