package org.demarche.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;
import org.jsoup.nodes.Element;

/**
 * Finds the headline of a page. What the page shows counts, if what it says elsewhere agrees;
 * titles for search engines and social networks are shorter or have the name of the site behind
 * them.
 */
final class Headlines {

  /** So many headings of the first order are looked at; no page needs more. */
  private static final int MOST_HEADINGS = 100;

  /** Longer titles are passed over, and of longer headings only so many characters are read. */
  static final int LONGEST = 1_000;

  /** A heading of the first order with fewer common words than this is that of something else. */
  static final double LEAST_LIKENESS = 0.3;

  /** The last part of a title, behind a mark, which may be the name of the site. */
  private static final Pattern LAST_PART =
      Pattern.compile("^(.{8,}?\\S)\\s+[|–—•·»:-]+\\s+(.{2,40})$");

  private static final Pattern FIRST_MARK = Pattern.compile("^\\s*[|–—•·»:-]\\s*");

  private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private Headlines() {}

  /**
   * Returns the headline, or null.
   *
   * @param stated what the page states elsewhere, the best first; null is passed over
   * @param outlet name of the site, or null
   */
  static String of(Element page, List<String> stated, String outlet) {
    List<String> plain = new ArrayList<>();
    stated.stream()
        .filter(title -> title != null && title.length() <= LONGEST)
        .map(title -> withoutSite(title, outlet))
        .filter(StringUtils::isNotBlank)
        .forEach(plain::add);
    String best = null;
    double most = 0;
    List<Element> headings = page.getElementsByTag("h1");
    for (Element heading : headings.subList(0, Math.min(MOST_HEADINGS, headings.size()))) {
      String text = StringUtils.truncate(StringUtils.normalizeSpace(heading.text()), LONGEST);
      double likeness = plain.stream().mapToDouble(title -> likeness(title, text)).max().orElse(0);
      boolean isOnly =
          headings.size() == 1 && text.length() > 20 && (plain.isEmpty() || isInArticle(heading));
      if (!text.isEmpty()
          && !text.equalsIgnoreCase(outlet)
          && (likeness >= LEAST_LIKENESS || isOnly)
          && (best == null || likeness > most)) {
        most = likeness;
        best = text;
      }
    }
    if (best == null) {
      return plain.isEmpty() ? null : plain.get(0);
    }
    String shown = best;
    // The kicker above a headline belongs to it where the page says so.
    return plain.stream().filter(title -> title.endsWith(": " + shown)).findFirst().orElse(shown);
  }

  /** Returns whether a heading stands where the article does, not in the masthead of the site. */
  private static boolean isInArticle(Element heading) {
    return heading.closest("article, main") != null || heading.closest("header") == null;
  }

  /** Returns a title without the name of the site behind it. */
  private static String withoutSite(String title, String outlet) {
    String rest = StringUtils.normalizeSpace(title);
    if (outlet != null && rest.startsWith(outlet)) {
      String behind = FIRST_MARK.matcher(rest.substring(outlet.length())).replaceFirst("");
      rest =
          behind.length() > 8 && behind.length() < rest.length() - outlet.length() ? behind : rest;
    }
    for (int part = 0; part < 3; part++) {
      Matcher last = LAST_PART.matcher(rest);
      if (!last.matches()) {
        return rest;
      }
      String name = last.group(2);
      boolean isSite =
          outlet != null && letters(name).contains(letters(outlet))
              || outlet != null && letters(outlet).contains(letters(name))
              || name.split(" ").length <= 3 && last.group(1).length() > name.length();
      if (!isSite) {
        return rest;
      }
      rest = last.group(1);
    }
    return rest;
  }

  private static String letters(String text) {
    return WORDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
  }

  /** Returns the share of the words of the shorter one that both have; 0 if one is missing. */
  static double likeness(String one, String other) {
    if (one == null || other == null) {
      return 0;
    }
    return likeness(words(one), words(other));
  }

  /** The same for the {@link #words} of two titles. */
  static double likeness(Set<String> one, Set<String> other) {
    int fewer = Math.min(one.size(), other.size());
    return fewer == 0 ? 0 : (double) one.stream().filter(other::contains).count() / fewer;
  }

  /** Returns the different words of a title. */
  static Set<String> words(String text) {
    Set<String> words = new HashSet<>(Arrays.asList(WORDS.split(text.toLowerCase(Locale.ROOT))));
    words.remove("");
    return words;
  }
}
