package org.demarche.ingest;

import java.util.Locale;

/**
 * Leaves out of the source of a page what is never read and often is most of it: scripts, styles,
 * drawings and comments.
 */
final class PageSource {

  private static final String[] LEFT_OUT = {"script", "style", "svg", "noscript"};

  private PageSource() {}

  /** Returns the source without them; scripts that hold data (JSON-LD) stay. */
  static String slim(String html) {
    StringBuilder slim = new StringBuilder(html.length() / 2);
    int kept = 0;
    int at = html.indexOf('<');
    while (at >= 0) {
      int end = end(html, at);
      if (end > at) {
        slim.append(html, kept, at);
        kept = end;
      }
      at = html.indexOf('<', Math.max(end, at + 1));
    }
    return slim.append(html, kept, html.length()).toString();
  }

  /** Returns the offset after what is left out at {@code start}; −1 if it stays. */
  private static int end(String html, int start) {
    if (html.startsWith("<!--", start)) {
      int end = html.indexOf("-->", start + 4);
      return end < 0 ? -1 : end + 3;
    }
    for (String name : LEFT_OUT) {
      if (isTag(html, start + 1, name)) {
        int tagEnd = html.indexOf('>', start);
        if (tagEnd < 0
            || html.substring(start, tagEnd).toLowerCase(Locale.ROOT).contains("ld+json")) {
          return -1;
        }
        return endTag(html, tagEnd, name);
      }
    }
    return -1;
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
