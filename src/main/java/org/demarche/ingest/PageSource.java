package org.demarche.ingest;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * Leaves out of the source of a page what is never read and often is most of it: scripts, styles,
 * drawings and comments.
 */
final class PageSource {

  private static final int LONGEST_TAG = 2_000;

  private static final String[] LEFT_OUT = {"script", "style", "svg", "noscript"};

  private final String html;

  /** Where the last search for the end of a tag began, and what it found. */
  private int searchedFrom;

  private int foundEnd = -1;

  /** The offset from which on there is no end of a comment or of each element; searched once. */
  private final int[] noEndFrom = new int[LEFT_OUT.length + 1];

  private PageSource(String html) {
    this.html = html;
    Arrays.fill(noEndFrom, Integer.MAX_VALUE);
  }

  /** Returns the source without them; scripts that hold data (JSON-LD) stay. */
  static String slim(String html) {
    return new PageSource(html).slim();
  }

  private String slim() {
    StringBuilder slim = new StringBuilder(html.length() / 2);
    int kept = 0;
    int at = html.indexOf('<');
    while (at >= 0) {
      int data = afterData(at);
      if (data > 0) { // what it quotes of markup is no markup
        at = html.indexOf('<', data);
        continue;
      }
      int end = end(at);
      if (end > at) {
        slim.append(html, kept, at);
        kept = end;
      }
      at = html.indexOf('<', Math.max(end, at + 1));
    }
    return slim.append(html, kept, html.length()).toString();
  }

  /**
   * Returns the offset after the script with data that begins at {@code start}; −1 if none does.
   */
  private int afterData(int start) {
    if (!isTag(html, start + 1, "script")) {
      return -1;
    }
    int tagEnd = tagEnd(start);
    return tagEnd >= 0 && html.substring(start, tagEnd).toLowerCase(Locale.ROOT).contains("ld+json")
        ? found(0, start, () -> endTag(html, tagEnd, "script"))
        : -1;
  }

  /** Returns the offset after what is left out at {@code start}; −1 if it stays. */
  private int end(int start) {
    if (html.startsWith("<!--", start)) {
      return found(LEFT_OUT.length, start, () -> afterComment(start));
    }
    for (int i = 0; i < LEFT_OUT.length; i++) {
      String name = LEFT_OUT[i];
      if (isTag(html, start + 1, name)) {
        int tagEnd = tagEnd(start);
        if (tagEnd < 0
            || html.substring(start, tagEnd).toLowerCase(Locale.ROOT).contains("ld+json")) {
          return -1;
        }
        return found(i, start, () -> endTag(html, tagEnd, name));
      }
    }
    return -1;
  }

  private int tagEnd(int start) {
    if (start < searchedFrom || foundEnd < start) {
      searchedFrom = start;
      foundEnd = html.indexOf('>', start);
      foundEnd = foundEnd < 0 ? html.length() : foundEnd;
    }
    return foundEnd < html.length() && foundEnd - start <= LONGEST_TAG ? foundEnd : -1;
  }

  /** Returns what {@code search} finds, unless a search for the same from before found nothing. */
  private int found(int what, int start, IntSupplier search) {
    if (start >= noEndFrom[what]) {
      return -1;
    }
    int end = search.getAsInt();
    if (end < 0) {
      noEndFrom[what] = start;
    }
    return end;
  }

  private int afterComment(int start) {
    int end = html.indexOf("-->", start + 4);
    return end < 0 ? -1 : end + 3;
  }

  private static boolean isTag(String html, int at, String name) {
    int behind = at + name.length();
    return html.regionMatches(true, at, name, 0, name.length())
        && behind < html.length()
        && !Character.isLetterOrDigit(html.charAt(behind))
        && html.charAt(behind) != '-';
  }

  private static int endTag(String html, int from, String name) {
    int at = html.indexOf("</", from);
    while (at >= 0) {
      if (isTag(html, at + 2, name)) {
        int end = html.indexOf('>', at);
        return end < 0 ? -1 : end + 1;
      }
      at = html.indexOf("</", at + 2);
    }
    return -1;
  }
}
