package org.demarche.speaker;

import java.util.List;

/** Finds the noun of a source, whether it is a plural, and how the source is shown as a speaker. */
final class NounPhrases {

  /** Endings of plurals of people. */
  private static final List<String> PEOPLE_IN_PLURAL =
      List.of("ers", "ors", "ists", "ants", "ents", "ians", "ees", "ies", "ives", "ates", "ains");

  private final Words words;

  NounPhrases(Words words) {
    this.words = words;
  }

  /** Returns the last word of the noun phrase that opens at {@code from}, or −1. */
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
        // "a report released last week": the noun was read before.
        break;
      }
      head = i;
    }
    return head;
  }

  /** Returns whether the word looks like a plural and not like a name. */
  boolean looksPlural(int i) {
    String folded = words.folded(i);
    if (folded.length() <= 3 || !folded.endsWith("s") || folded.endsWith("ss")) {
      return false;
    }
    // "Lopes" can open a sentence, as "Skippers" can; only the second is a plural.
    return !words.isUpper(i)
        || words.isHeadline(i)
        || words.bits(i) != 0
        || PEOPLE_IN_PLURAL.stream().anyMatch(folded::endsWith)
        || words.hasLower(folded);
  }

  /** Returns whether the noun at {@code head} means several people. */
  boolean isPlural(int head, int bits) {
    if ((bits & WordLists.GROUP) != 0) {
      return true;
    }
    if ((bits & (WordLists.ROLE | WordLists.BODY_NOUN | WordLists.BODY)) != 0) {
      return (bits & WordLists.ROLE) != 0 && looksPlural(head) && !words.is(head, "boss");
    }
    return looksPlural(head);
  }

  /** Returns whether the word alone means several people: "many", "others". */
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
    return Speaker.of(kind, name(from, to));
  }
}
