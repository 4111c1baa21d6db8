package org.demarche.ingest;

import java.util.Set;

/** A stretch of text in a page that nothing interrupts but inline elements. */
final class PageBlock {

  /** A shorter text in no paragraph is hardly a sentence. */
  static final int SENTENCE = 60;

  private static final int SHORTEST_SENTENCE = 15;

  /** Links beyond this share of a block make it a list of links. */
  private static final double MOST_LINKS = 0.5;

  /** In a paragraph, half a sentence may be linked, if so many letters are not. */
  private static final double MOST_LINKS_IN_PARAGRAPH = 0.85;

  private static final int LEAST_UNLINKED = 20;

  /** What is no sentence costs this much, whatever its length. */
  private static final int COST = 10;

  private static final int MOST_COST = 20;

  private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "h5", "h6");

  private static final Set<String> ENDS = Set.of("li", "td", "blockquote", "pre");

  private final StringBuilder text = new StringBuilder();
  private final String element;
  private int letters;
  private int linkLetters;
  private boolean isAround;

  /**
   * @param element name of the element that it stands in
   */
  PageBlock(String element) {
    this.element = element;
  }

  /**
   * Adds a letter.
   *
   * @param breaks how many line breaks are before it
   * @param space whether white space is before it
   * @param isLinked whether it is in a link
   */
  void add(char letter, int breaks, boolean space, boolean isLinked) {
    if (breaks > 0) {
      text.append("\n".repeat(Math.min(2, breaks)));
    } else if (space) {
      text.append(' ');
    }
    text.append(letter);
    letters++;
    linkLetters += isLinked ? 1 : 0;
  }

  /** Notes that it lies in a box around the article. */
  void setAround() {
    isAround = true;
  }

  boolean isAround() {
    return isAround;
  }

  String text() {
    return text.toString();
  }

  /** Returns how many characters it has, without spaces. */
  int letters() {
    return letters;
  }

  boolean hasLinks() {
    return linkLetters > 0;
  }

  /** Returns whether it is a link, or a list of them, and not a sentence with links. */
  boolean isLinks() {
    boolean isParagraph = element.equals("p") && letters - linkLetters >= LEAST_UNLINKED;
    return linkLetters > (isParagraph ? MOST_LINKS_IN_PARAGRAPH : MOST_LINKS) * letters;
  }

  boolean isSentence() {
    return !isLinks()
        && !HEADINGS.contains(element)
        && (letters >= SENTENCE
            || element.equals("p") && letters >= SHORTEST_SENTENCE && endsLikeASentence());
  }

  /** Returns whether an article can end with it, as it cannot with a heading. */
  boolean isEnd() {
    return isSentence()
        || ENDS.contains(element)
        || !HEADINGS.contains(element) && endsLikeASentence();
  }

  boolean endsLikeASentence() {
    int last = text.length() - 1;
    while (last > 0 && "\"'”’»)] \n".indexOf(text.charAt(last)) >= 0) {
      last--;
    }
    return last >= 0 && ".!?…。！？:".indexOf(text.charAt(last)) >= 0;
  }

  /** Returns how much it says for the element around it being the article, or against it. */
  double value() {
    if (isAround) {
      return -Math.min(letters, MOST_COST);
    }
    if (isSentence()) {
      return (element.equals("li") ? 0.5 : 1) * (letters - 2 * linkLetters);
    }
    if (HEADINGS.contains(element)) {
      return 0;
    }
    return isLinks() ? -Math.min(letters, MOST_COST) : -COST;
  }
}
