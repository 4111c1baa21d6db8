package org.demarche.speaker;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The countries of one article, by name and by adjective: those of the bundled list, those of the
 * speaker directory, and those that the article itself shows ({@code Velland}, {@code Vellandan
 * boats}).
 */
final class Nations {

  /** Shorter words are too often the start of another word. */
  private static final int SHORTEST = 4;

  /** The number of longs in the filter of names, a power of two. */
  private static final int FILTER = 64;

  private static final String[] ENDINGS = {"n", "an", "ian"};

  private final WordLists lists = WordLists.bundled();

  /** Folded names and adjectives that the bundled list lacks, with their country. */
  private final Map<String, String> own = new HashMap<>();

  private final Set<String> adjectives = new HashSet<>();

  /** The names in the article that no list has; filled when first asked for. */
  private Set<String> unknownNames;

  /**
   * Reads an article.
   *
   * @param mentions the names in the article
   * @param known the countries of the speaker directory
   */
  Nations(Words words, List<Mention> mentions, Collection<String> known) {
    for (String country : known) {
      String folded = Name.fold(country);
      if (!folded.isEmpty()) {
        own.put(folded, folded);
      }
    }
    long[] named = new long[FILTER];
    for (Mention mention : mentions) {
      for (int i = mention.outerFrom(); i < mention.to(); i++) {
        if (isUnknownName(words, i)) {
          int hash = words.hash(i);
          named[hash >>> 6 & FILTER - 1] |= 1L << hash;
          readOwner(words, i);
        }
      }
    }
    for (Mention mention : mentions) {
      for (int i = mention.outerFrom(); i < mention.to(); i++) {
        if (mayBeAdjective(words, i) && isUnknownName(words, i)) {
          readAdjective(words, i, named);
        }
      }
    }
  }

  private static boolean isUnknownName(Words words, int i) {
    return words.isUpper(i)
        && words.length(i) >= SHORTEST
        && words.bits(i) == 0
        && !words.isHeadline(i);
  }

  private static boolean mayBeAdjective(Words words, int i) {
    int last = words.length(i) - 1;
    char end = words.charAt(i, last);
    return end == 'n' || (end == 's' && last > 0 && words.charAt(i, last - 1) == 'n');
  }

  /**
   * Adds the adjective of "Vellandan boats" or "the Vellandans" if the article names Velland too.
   */
  private void readAdjective(Words words, int i, long[] named) {
    boolean people = words.charAt(i, words.length(i) - 1) == 's';
    int hash = people ? WordLists.withoutLast(words.hash(i), 's') : words.hash(i);
    int length = words.length(i) - (people ? 1 : 0);
    for (String ending : ENDINGS) {
      int base = hash;
      for (int k = ending.length() - 1; k >= 0; k--) {
        base = WordLists.withoutLast(base, ending.charAt(k));
      }
      boolean seen = (named[base >>> 6 & FILTER - 1] & 1L << base) != 0;
      if (length - ending.length() < SHORTEST || !seen && own.isEmpty()) {
        continue;
      }
      // Folding can change the length of a word ("ß"), so the folded one is measured again.
      String folded = words.folded(i);
      String adjective =
          people && folded.endsWith("s") ? folded.substring(0, folded.length() - 1) : folded;
      if (!adjective.endsWith(ending) || adjective.length() - ending.length() < SHORTEST) {
        continue;
      }
      String country = adjective.substring(0, adjective.length() - ending.length());
      boolean isNamed =
          own.containsKey(country)
              || (seen && (people || isBeforeNoun(words, i)) && isNamed(words, country));
      if (isNamed) {
        own.put(country, country);
        for (String form : List.of(adjective, adjective + "s")) {
          own.put(form, country);
          adjectives.add(form);
        }
      }
    }
  }

  /** Returns whether a noun follows: "Vellandan boats". */
  private static boolean isBeforeNoun(Words words, int i) {
    return i + 1 < words.size() && words.isLower(i + 1) && !words.has(i + 1, WordLists.FUNCTION);
  }

  private boolean isNamed(Words words, String country) {
    if (unknownNames == null) {
      unknownNames = new HashSet<>();
      for (int i = 0; i < words.size(); i++) {
        if (isUnknownName(words, i) && words.hash(i) == words.folded(i).hashCode()) {
          unknownNames.add(words.folded(i));
        }
      }
    }
    return unknownNames.contains(country);
  }

  /** Adds the country of "Velland’s foreign minister" or "the Velland envoy". */
  private void readOwner(Words words, int i) {
    if (i == 0 || i + 2 >= words.size() || words.isUpper(i - 1)) {
      return;
    }
    boolean owner = words.isPossessive(i + 1);
    if (!owner && !words.is(i - 1, "the")) {
      return;
    }
    int noun = owner ? i + 2 : i + 1;
    for (int k = noun; k < Math.min(words.size(), noun + 2) && words.isLower(k); k++) {
      if (isOfficeOfACountry(words, k)) {
        String folded = words.folded(i);
        own.putIfAbsent(folded, folded);
      }
    }
  }

  private static boolean isOfficeOfACountry(Words words, int i) {
    return words.is(i, "minister")
        || words.is(i, "ambassador")
        || words.is(i, "envoy")
        || words.is(i, "embassy")
        || words.is(i, "parliament")
        || words.is(i, "navy")
        || words.is(i, "army");
  }

  /** Returns the country of a folded name or adjective, or null. */
  String of(String folded) {
    String country = own.get(folded);
    if (country != null) {
      return country;
    }
    int bits = lists.of(folded);
    if ((bits & WordLists.NATIONALITY) != 0) {
      String told = lists.country(folded);
      return told == null ? null : told.toLowerCase(Locale.ROOT);
    }
    return (bits & WordLists.PLACE) != 0 ? folded : null;
  }

  /** Returns whether the article, not a list, shows that the word is the name of a country. */
  boolean isOwnName(String folded) {
    return folded.equals(own.get(folded));
  }

  /** Returns whether the article, not a list, shows that the word is the adjective of a country. */
  boolean isOwnAdjective(String folded) {
    return adjectives.contains(folded);
  }
}
