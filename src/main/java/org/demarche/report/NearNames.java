package org.demarche.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;
import org.apache.commons.text.similarity.LevenshteinDistance;

/**
 * Finds the names that a user may have meant by a name that does not exist. They differ by accents
 * or case, have more words, or differ in a letter or two.
 */
final class NearNames {

  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  /** A word may have one wrong letter, and one more for every four that it has. */
  private static final int LETTERS_PER_SLIP = 4;

  /** Shorter words must match exactly, because one changed letter makes another name. */
  private static final int SHORTEST = 4;

  /**
   * @param words how many of the requested words it has unchanged
   * @param slips in how many letters the other words differ
   * @param wordsMore by how many words its length differs
   */
  private record Near(String name, int words, int slips, int wordsMore) {}

  private NearNames() {}

  /**
   * Returns the names nearest to {@code written}.
   *
   * @param names all names; equally near ones are returned in this order
   * @param most the maximum number of names to return
   */
  static List<String> of(String written, Collection<String> names, int most) {
    List<String> asked = words(written);
    List<Near> near = new ArrayList<>();
    for (String name : names) {
      List<String> words = words(name);
      int slips = slips(asked, words);
      if (slips >= 0) {
        int same = (int) asked.stream().filter(words::contains).count();
        near.add(new Near(name, same, slips, Math.abs(words.size() - asked.size())));
      }
    }
    // The sort is stable, so ties keep the given order.
    near.sort(
        Comparator.comparingInt((Near name) -> -name.words())
            .thenComparingInt(Near::slips)
            .thenComparingInt(Near::wordsMore));
    return near.stream().map(Near::name).distinct().limit(most).toList();
  }

  /**
   * Returns in how many letters the requested words differ from the nearest ones, or −1 if too
   * many.
   */
  private static int slips(List<String> asked, List<String> words) {
    int slips = 0;
    int found = 0;
    for (String word : asked) {
      int fewest = Integer.MAX_VALUE;
      LevenshteinDistance distance =
          new LevenshteinDistance(
              word.length() < SHORTEST ? 0 : 1 + word.length() / LETTERS_PER_SLIP);
      for (String other : words) {
        int letters = distance.apply(word, other);
        if (letters >= 0) {
          fewest = Math.min(fewest, letters);
        }
      }
      // One of several words may be completely wrong, such as a first name or a title.
      if (fewest < Integer.MAX_VALUE && fewest < word.length()) {
        slips += fewest;
        found++;
      } else {
        slips += word.length();
      }
    }
    return found > 0 && asked.size() - found <= 1 ? slips : -1;
  }

  private static List<String> words(String name) {
    return BETWEEN_WORDS
        .splitAsStream(StringUtils.stripAccents(name).toLowerCase(Locale.ROOT))
        .filter(word -> !word.isEmpty())
        .toList();
  }
}
