package org.demarche.ingest;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.demarche.text.ResourceLines;
import org.jsoup.nodes.Element;

/** Recognises the boxes around an article in a page, and what is hidden, by what marks them. */
final class PageBoxes {

  /** A box with more than this share of the sentences of a page is not around the article. */
  private static final double MOST_AROUND = 0.4;

  /** The same for boxes whose names leave no doubt, such as comments. */
  private static final double MOST_SURELY_AROUND = 0.9;

  private static final Set<String> ROLES =
      Set.of("navigation", "complementary", "contentinfo", "banner", "dialog", "search");

  /** Elements that an author writes, whatever their class. */
  private static final Set<String> WRITTEN =
      Set.of("html", "body", "blockquote", "p", "li", "h1", "h2", "h3", "h4", "td", "tr", "tbody");

  /** Words in names of classes and ids that boxes around an article have, and their shares. */
  private static final Map<String, Double> WORDS = load();

  private PageBoxes() {}

  private static Map<String, Double> load() {
    Map<String, Double> words = new HashMap<>();
    for (String line : ResourceLines.of(PageBoxes.class, "page-furniture.txt")) {
      boolean isSure = line.startsWith("surely ");
      words.put(
          isSure ? line.substring("surely ".length()) : line,
          isSure ? MOST_SURELY_AROUND : MOST_AROUND);
    }
    return Map.copyOf(words);
  }

  /** Returns whether authors write elements of this name. */
  static boolean isWritten(String name) {
    return WRITTEN.contains(name);
  }

  /**
   * Returns the share of the sentences of a page up to which an element is a box around the
   * article; 0 if nothing about it says that it is one.
   */
  static double around(Element element) {
    String name = element.normalName();
    if (element.attributesSize() == 0 || WRITTEN.contains(name)) {
      return name.equals("aside") ? MOST_AROUND : 0;
    }
    double around = name.equals("aside") || ROLES.contains(element.attr("role")) ? MOST_AROUND : 0;
    return Math.max(around, Math.max(around(element.attr("class")), around(element.attr("id"))));
  }

  /** Looks up the words of {@code names}, which are parted by marks and capital letters. */
  private static double around(String names) {
    double most = 0;
    int start = 0;
    for (int i = 0; i <= names.length(); i++) {
      boolean isLetter = i < names.length() && Character.isLetter(names.charAt(i));
      boolean isNewWord =
          isLetter
              && i > start
              && Character.isUpperCase(names.charAt(i))
              && Character.isLowerCase(names.charAt(i - 1));
      if (!isLetter || isNewWord) {
        if (i - start > 1) {
          String word = names.substring(start, i).toLowerCase(Locale.ROOT);
          most = Math.max(most, WORDS.getOrDefault(word, 0.0));
        }
        start = isNewWord ? i : i + 1;
      }
    }
    return most;
  }

  /** Returns whether an element says that it is not shown. */
  static boolean isHidden(Element element) {
    if (element.attributesSize() == 0) {
      return false;
    }
    String style = element.attr("style");
    return element.hasAttr("hidden")
        || !style.isEmpty()
            && style.replace(" ", "").toLowerCase(Locale.ROOT).contains("display:none")
        || element.attr("aria-hidden").equals("true") && !element.normalName().equals("div");
  }

  /** Returns whether an element or one around it is hidden. */
  static boolean isInHidden(Element element) {
    return isHidden(element) || element.parents().stream().anyMatch(PageBoxes::isHidden);
  }
}
