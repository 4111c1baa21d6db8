package org.demarche.speaker;

import java.util.List;

/** Where the noun of a phrase stands, whether it is a plural, and how the phrase is written. */
final class NounPhrases {

  /** How the plurals of those who do something end. */
  private static final List<String> PEOPLE_IN_PLURAL =
      List.of("ers", "ors", "ists", "ants", "ents", "ians", "ees", "ies", "ives", "ates", "ains");

  private final Words words;

  NounPhrases(Words words) {
    this.words = words;
  }

  /** Returns the head of the noun phrase that opens at {@code from}: its last word, or -1. */
  int nounAt(int from, int to) {
    int head = -1;
    for (int i = from; i < to; i++) {
      if (words.isPossessive(i)) {
        head = -1;
        continue;
      }
      if (words.isPunctuation(i) && words.first(i) != '-') {
        if (head >= 0 || words.isComma(i)) {
          break;
        }
        continue;
      }
      int bits = words.bits(i);
      if (words.isLower(i) && (bits & WordLists.PREPOSITION) != 0
          || words.is(i, "who")
          || words.is(i, "that")
          || words.is(i, "which")) {
        break;
      }
      if ((bits & (WordLists.ROLE | WordLists.GROUP | WordLists.BODY_NOUN | WordLists.DOCUMENT))
              == 0
          && head >= 0
          && words.isLower(i)
          && words.has(head, WordLists.DOCUMENT | WordLists.GROUP)
          && !looksPlural(i)) {
        // "a report released last week": the noun is behind us.
        break;
      }
      head = i;
    }
    return head;
  }

  boolean looksPlural(int i) {
    String folded = words.folded(i);
    if (folded.length() <= 3 || !folded.endsWith("s") || folded.endsWith("ss")) {
      return false;
    }
    // "Lopes" opens a sentence as "Skippers" does: the plural is known, or ends as those of doers.
    return !words.isUpper(i)
        || words.isHeadline(i)
        || words.bits(i) != 0
        || PEOPLE_IN_PLURAL.stream().anyMatch(folded::endsWith)
        || words.hasLower(folded);
  }

  boolean isPlural(int head, int bits) {
    if ((bits & WordLists.GROUP) != 0) {
      return true;
    }
    if ((bits & (WordLists.ROLE | WordLists.BODY_NOUN | WordLists.BODY)) != 0) {
      return (bits & WordLists.ROLE) != 0 && looksPlural(head) && !words.is(head, "boss");
    }
    return looksPlural(head);
  }

  boolean isQuantity(int i) {
    return switch (words.folded(i)) {
      case "many", "some", "others", "several", "few", "everyone", "those", "most" -> true;
      default -> false;
    };
  }

  boolean commaBetween(int from, int to) {
    for (int i = from; i < to; i++) {
      if (words.isComma(i)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the description up to a comma or relative clause, without a leading "the". */
  String name(int from, int to) {
    int end = from;
    while (end < to
        && !words.isComma(end)
        && !words.is(end, "who")
        && !words.is(end, "which")
        && !words.is(end, "that")) {
      end++;
    }
    int start = words.is(from, "the") && end - from > 1 ? from + 1 : from;
    return PrintedNames.clean(words.text(start, Math.max(end, start + 1)));
  }

  Speaker unnamed(int from, int to) {
    return described(SpeakerKind.UNNAMED, from, to);
  }

  Speaker described(SpeakerKind kind, int from, int to) {
    return new Speaker(kind, name(from, to), null, null, List.of());
  }
}
