package org.demarche.language.english;

import java.util.List;

/** Finds the noun of a phrase, and tells whether it means several people. */
public final class Nouns {

  /** Endings of plurals of people. */
  private static final List<String> PEOPLE_IN_PLURAL =
      List.of("ers", "ors", "ists", "ants", "ents", "ians", "ees", "ies", "ives", "ates", "ains");

  private final AnnotatedText text;

  /** Reads the nouns of an article. */
  public Nouns(AnnotatedText text) {
    this.text = text;
  }

  /** Returns the last word of the noun phrase that opens at {@code from}, or −1. */
  public int nounAt(int from, int to) {
    int head = -1;
    for (int i = from; i < to; i++) {
      if (text.isPossessive(i)) {
        head = -1;
        continue;
      }
      if (text.isPunctuation(i) && text.first(i) != '-') {
        if (head >= 0 || text.is(i, ',')) {
          break;
        }
        continue;
      }
      long bits = text.classes(i);
      if (text.isLower(i) && (bits & Lexicon.PREPOSITION) != 0
          || text.is(i, "who", "that", "which")) {
        break;
      }
      if ((bits & (Lexicon.ROLE | Lexicon.GROUP | Lexicon.BODY_NOUN | Lexicon.DOCUMENT)) == 0
          && head >= 0
          && text.isLower(i)
          && text.has(head, Lexicon.DOCUMENT | Lexicon.GROUP)
          && !looksPlural(i)) {
        // "a report released last week": the noun was read before.
        break;
      }
      head = i;
    }
    return head;
  }

  /** Returns whether the noun at {@code head} means several people. */
  public boolean isPlural(int head) {
    if (text.has(head, Lexicon.GROUP)) {
      return true;
    }
    if (text.has(head, Lexicon.ROLE | Lexicon.BODY_NOUN | Lexicon.BODY)) {
      return text.has(head, Lexicon.ROLE) && looksPlural(head) && !text.is(head, "boss");
    }
    return looksPlural(head);
  }

  /** Returns whether the word alone means several people: "many", "others". */
  public boolean isQuantity(int i) {
    return switch (text.folded(i)) {
      case "many", "some", "others", "several", "few", "everyone", "those", "most" -> true;
      default -> false;
    };
  }

  /** Returns whether the word looks like a plural and not like a name. */
  public boolean looksPlural(int token) {
    String word = text.folded(token);
    if (word.length() <= 3 || !word.endsWith("s") || word.endsWith("ss")) {
      return false;
    }
    // "Lopes" can open a sentence, as "Skippers" can; only the second is a plural.
    return !text.isUpper(token)
        || text.isHeadline(token)
        || text.has(token, Lexicon.NAMES)
        || PEOPLE_IN_PLURAL.stream().anyMatch(word::endsWith)
        || text.isAlsoLower(token);
  }
}
