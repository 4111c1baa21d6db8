package org.demarche.speaker;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Folding;
import org.demarche.language.english.Lexicon;

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

  /** 31 times this is 1, so it removes the last character from a {@link String#hashCode}. */
  private static final int INVERSE_OF_31 = 0xBDEF7BDF;

  private static final String[] ENDINGS = {"n", "an", "ian"};

  private final Lexicon lexicon = Lexicon.english();

  /** Folded names and adjectives that the bundled list lacks, with their country. */
  private final Map<String, String> own = new HashMap<>();

  private final Set<String> adjectives = new HashSet<>();

  /** The names in the article that no list has; filled when first asked for. */
  private Set<String> unknownNames;

  /** Returns the {@link String#hashCode} of a word without its last character. */
  private static int withoutLast(int hash, char last) {
    return (hash - last) * INVERSE_OF_31;
  }

  /**
   * Reads an article.
   *
   * @param mentions the names in the article
   * @param known the countries of the speaker directory
   */
  Nations(AnnotatedText text, List<Mention> mentions, Collection<String> known) {
    for (String country : known) {
      String folded = Folding.fold(country);
      if (!folded.isEmpty()) {
        own.put(folded, folded);
      }
    }
    long[] named = new long[FILTER];
    for (Mention mention : mentions) {
      for (int i = mention.outerFrom(); i < mention.to(); i++) {
        if (isUnknownName(text, i)) {
          int hash = text.tokens().hash(i);
          named[hash >>> 6 & FILTER - 1] |= 1L << hash;
          readOwner(text, i);
        }
      }
    }
    for (Mention mention : mentions) {
      for (int i = mention.outerFrom(); i < mention.to(); i++) {
        if (mayBeAdjective(text, i) && isUnknownName(text, i)) {
          readAdjective(text, i, named);
        }
      }
    }
  }

  private static boolean isUnknownName(AnnotatedText text, int i) {
    return text.isUpper(i)
        && text.length(i) >= SHORTEST
        && text.classes(i) == 0
        && !text.isHeadline(i);
  }

  private static boolean mayBeAdjective(AnnotatedText text, int i) {
    int last = text.length(i) - 1;
    char end = text.charAt(i, last);
    return end == 'n' || (end == 's' && last > 0 && text.charAt(i, last - 1) == 'n');
  }

  /**
   * Adds the adjective of "Vellandan boats" or "the Vellandans" if the article names Velland too.
   */
  private void readAdjective(AnnotatedText text, int i, long[] named) {
    boolean people = text.charAt(i, text.length(i) - 1) == 's';
    int hash = people ? withoutLast(text.tokens().hash(i), 's') : text.tokens().hash(i);
    int length = text.length(i) - (people ? 1 : 0);
    for (String ending : ENDINGS) {
      int base = hash;
      for (int k = ending.length() - 1; k >= 0; k--) {
        base = withoutLast(base, ending.charAt(k));
      }
      boolean seen = (named[base >>> 6 & FILTER - 1] & 1L << base) != 0;
      if (length - ending.length() < SHORTEST || !seen && own.isEmpty()) {
        continue;
      }
      // Folding can change the length of a word ("ß"), so the folded one is measured again.
      String folded = text.folded(i);
      String adjective =
          people && folded.endsWith("s") ? folded.substring(0, folded.length() - 1) : folded;
      if (!adjective.endsWith(ending) || adjective.length() - ending.length() < SHORTEST) {
        continue;
      }
      String country = adjective.substring(0, adjective.length() - ending.length());
      boolean isNamed =
          own.containsKey(country)
              || (seen && (people || isBeforeNoun(text, i)) && isNamed(text, country));
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
  private static boolean isBeforeNoun(AnnotatedText text, int i) {
    return i + 1 < text.size() && text.isLower(i + 1) && !text.has(i + 1, Lexicon.FUNCTION);
  }

  private boolean isNamed(AnnotatedText text, String country) {
    if (unknownNames == null) {
      unknownNames = new HashSet<>();
      for (int i = 0; i < text.size(); i++) {
        if (isUnknownName(text, i) && text.tokens().hash(i) == text.folded(i).hashCode()) {
          unknownNames.add(text.folded(i));
        }
      }
    }
    return unknownNames.contains(country);
  }

  /** Adds the country of "Velland’s foreign minister" or "the Velland envoy". */
  private void readOwner(AnnotatedText text, int i) {
    if (i == 0 || i + 2 >= text.size() || text.isUpper(i - 1)) {
      return;
    }
    boolean owner = text.isPossessive(i + 1);
    if (!owner && !text.is(i - 1, "the")) {
      return;
    }
    int noun = owner ? i + 2 : i + 1;
    for (int k = noun; k < Math.min(text.size(), noun + 2) && text.isLower(k); k++) {
      if (isOfficeOfACountry(text, k)) {
        String folded = text.folded(i);
        own.putIfAbsent(folded, folded);
      }
    }
  }

  private static boolean isOfficeOfACountry(AnnotatedText text, int i) {
    return text.is(i, "minister", "ambassador", "envoy", "embassy", "parliament", "navy", "army");
  }

  /** Returns the country of a folded name or adjective, or null. */
  String of(String folded) {
    String country = own.get(folded);
    if (country != null) {
      return country;
    }
    long bits = lexicon.of(folded);
    if ((bits & Lexicon.NATIONALITY) != 0) {
      String told = lexicon.country(folded);
      return told == null ? null : told.toLowerCase(Locale.ROOT);
    }
    return (bits & Lexicon.PLACE) != 0 ? folded : null;
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
