package org.demarche.speaker;

import java.util.ArrayList;
import java.util.List;

/** Finds the mentions of an article: sequences of words with capitals that can be names. */
final class MentionFinder {

  /** Longer sequences are titles of works, menus and the like. */
  private static final int LONGEST = 12;

  private final Words words;
  private final NameWords nameWords;
  private final MentionClassifier classifier;
  private final List<Mention> found = new ArrayList<>();

  private MentionFinder(Words words) {
    this.words = words;
    this.nameWords = new NameWords(words);
    this.classifier = new MentionClassifier(words, nameWords, found);
  }

  /** Returns the mentions in the order of the article; they do not overlap. */
  static List<Mention> find(Words words) {
    MentionFinder finder = new MentionFinder(words);
    int i = 0;
    while (i < words.size()) {
      if (words.isLower(i) && words.length(i) != 2) {
        // No name opens with a lower-case letter except "al Thani".
        i++;
        continue;
      }
      int behind = words.behindPlaceLine(i);
      if (behind > i) {
        i = behind;
        continue;
      }
      i = finder.nameWords.opensName(i) ? finder.read(i) : i + 1;
    }
    return finder.found;
  }

  /** Reads the sequence that starts at {@code from} and returns the word behind it. */
  private int read(int from) {
    int to = endOfRun(from);
    int state = from;
    boolean body = hasBody(from, to);
    while (to - from < LONGEST && to < words.size()) {
      int next = behindConnector(from, state, to, body);
      if (next < 0) {
        break;
      }
      state = next;
      to = endOfRun(next);
      body = body || hasBody(from, to);
    }
    if (to - from <= LONGEST) {
      classifier.classify(from, to, state);
    }
    return to;
  }

  /** Returns where the sequence goes on behind "of", "for", "and" or "&", or −1 if it ends. */
  private int behindConnector(int from, int state, int to, boolean body) {
    if (!words.adjacent(to - 1, to)) {
      return -1;
    }
    int next = to + 1;
    if (isFishersUnion(from, to)) {
      return next;
    }
    boolean of = words.is(to, "of") || words.is(to, "for") || words.is(to, "on");
    if (of) {
      if (next < words.size() && words.is(next, "the")) {
        next++;
      }
      boolean leads = body || words.has(to - 1, WordLists.ROLE);
      if (words.is(to, "of")) {
        leads =
            leads
                || words.is(from, "city") && to - from == 1
                || (to - from > 1 && words.has(to - 1, WordLists.GROUP));
      } else {
        leads = body;
      }
      return leads && continuesName(to, next) ? next : -1;
    }
    if (next >= words.size() || !continuesName(to, next)) {
      return -1;
    }
    if (words.first(to) == '&') {
      return next;
    }
    if (words.is(to, "and")) {
      int end = endOfRun(next);
      boolean bodyBehind = words.has(end - 1, WordLists.BODY);
      boolean listed =
          body
              && state > from
              && end - next <= 2
              && !hasAny(next, end, WordLists.GIVEN | WordLists.ROLE | WordLists.PLACE)
              && (!hasBody(next, end) || words.is(next, "human"));
      if (listed) {
        // "Centre for Trade and Policy Research".
        return next;
      }
      boolean bothBodies = body && end - next == 1;
      boolean plainBefore =
          to - from == 1
              && (bothBodies || !body)
              && !words.has(from, WordLists.GIVEN | WordLists.PLACE | WordLists.ROLE)
              && (isThe(from - 1) || isThe(from - 2));
      return bodyBehind && plainBefore ? next : -1;
    }
    return -1;
  }

  /** Returns whether an organization owned by a plural follows: "Fishers’ Union". */
  private boolean isFishersUnion(int from, int to) {
    int next = to + 1;
    return next < words.size()
        && words.isPossessive(to)
        && words.length(to) == 1
        && words.adjacent(to, next)
        && words.isUpper(next)
        && (words.is(next, "union")
            || words.is(next, "association")
            || words.is(next, "federation")
            || words.is(next, "league")
            || words.is(next, "guild")
            || words.is(next, "society"))
        && !hasAny(from, to, WordLists.GIVEN | WordLists.TITLE);
  }

  private boolean isThe(int i) {
    return i >= 0 && words.is(i, "the");
  }

  private boolean continuesName(int connector, int next) {
    return next < words.size() && words.adjacent(connector, next) && nameWords.opensName(next);
  }

  private boolean hasBody(int from, int to) {
    return hasAny(from, to, WordLists.BODY);
  }

  private boolean hasAny(int from, int to, int bits) {
    for (int i = from; i < to; i++) {
      if (words.has(i, bits)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the end of the name words and particles ("van der") that start at {@code from}. */
  private int endOfRun(int from) {
    int to = from + 1;
    while (to < words.size() && words.adjacent(to - 1, to)) {
      if (nameWords.isNameWord(to)) {
        to++;
      } else if (to + 1 < words.size()
          && words.isLower(to)
          && words.has(to, WordLists.PARTICLE)
          && words.adjacent(to, to + 1)
          && nameWords.isNameWord(to + 1)) {
        to += 2;
      } else if (to + 2 < words.size()
          && words.isLower(to)
          && words.has(to, WordLists.PARTICLE)
          && words.has(to + 1, WordLists.PARTICLE)
          && words.adjacent(to, to + 2)
          && nameWords.isNameWord(to + 2)) {
        to += 3;
      } else {
        break;
      }
    }
    return to;
  }
}
