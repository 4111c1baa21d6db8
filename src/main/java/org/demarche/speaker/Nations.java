package org.demarche.speaker;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The countries that one article speaks of, by name and by adjective: those of the bundled list,
 * those the user's speakers speak for, and those whose adjective the article itself uses ({@code
 * Velland}, {@code Vellandan boats}).
 */
final class Nations {

  /** Shorter words are too often the beginning of others. */
  private static final int SHORTEST = 4;

  private static final String[] ENDINGS = {"n", "an", "ian"};

  private final WordLists lists = WordLists.bundled();

  /** Folded names and adjectives that the bundled list lacks, with the country they tell. */
  private final Map<String, String> own = new HashMap<>();

  private final Set<String> adjectives = new HashSet<>();

  /**
   * Reads an article.
   *
   * @param known countries for which the user's speakers speak
   */
  Nations(Words words, Collection<String> known) {
    Map<String, Integer> capitals = new HashMap<>();
    for (int i = 0; i < words.size(); i++) {
      if (words.isUpper(i)
          && words.length(i) >= SHORTEST
          && words.bits(i) == 0
          && !words.isHeadline(i)) {
        capitals.putIfAbsent(words.folded(i), i);
      }
    }
    for (String country : known) {
      String folded = Name.fold(country);
      if (!folded.isEmpty()) {
        own.put(folded, folded);
      }
    }
    readOwners(words);
    for (Map.Entry<String, Integer> word : capitals.entrySet()) {
      boolean people = word.getKey().endsWith("ns");
      String adjective =
          people ? word.getKey().substring(0, word.getKey().length() - 1) : word.getKey();
      if (!adjective.endsWith("n")) {
        continue;
      }
      for (String ending : ENDINGS) {
        int length = adjective.length() - ending.length();
        if (length < SHORTEST || !adjective.endsWith(ending)) {
          continue;
        }
        String base = adjective.substring(0, length);
        boolean named = own.containsKey(base);
        if (named || (capitals.containsKey(base) && (people || isAdjective(words, adjective)))) {
          own.put(base, base);
          own.put(adjective, base);
          own.put(adjective + "s", base);
          adjectives.add(adjective);
          adjectives.add(adjective + "s");
        }
      }
    }
  }

  /** Reads "Velland’s foreign minister" and "the Velland envoy". */
  private void readOwners(Words words) {
    for (int i = 1; i + 2 < words.size(); i++) {
      if (!words.isUpper(i)
          || words.length(i) < SHORTEST
          || words.bits(i) != 0
          || words.isHeadline(i)
          || words.isUpper(i - 1)) {
        continue;
      }
      boolean owner = words.isPossessive(i + 1);
      int noun = owner ? i + 2 : i + 1;
      if (!owner && !words.is(i - 1, "the")) {
        continue;
      }
      for (int k = noun; k < Math.min(words.size(), noun + 2) && words.isLower(k); k++) {
        if (isOfficeOfACountry(words, k)) {
          String folded = words.folded(i);
          own.putIfAbsent(folded, folded);
        }
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

  /** Returns whether the article puts the word before a noun: "Vellandan boats". */
  private static boolean isAdjective(Words words, String adjective) {
    for (int i = 0; i + 1 < words.size(); i++) {
      if (words.isUpper(i)
          && words.isLower(i + 1)
          && words.bits(i) == 0
          && !words.has(i + 1, WordLists.FUNCTION)
          && words.folded(i).equals(adjective)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the country that a folded word names or tells as an adjective, or null. */
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

  /** Returns whether the article, and not the bundled list, shows this to be a country's name. */
  boolean isOwnName(String folded) {
    return folded.equals(own.get(folded));
  }

  /** Returns whether the article, and not the bundled list, shows this to be an adjective. */
  boolean isOwnAdjective(String folded) {
    return adjectives.contains(folded);
  }
}
