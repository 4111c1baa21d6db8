package org.demarche.ingest;

import java.util.Locale;
import java.util.Set;

/**
 * Tells how deep the elements of markup are nested, before it is parsed: a parser needs time that
 * grows with the square of the depth, and a hostile document could hold it for days.
 */
final class Nesting {

  /** No honest document is nested deeper. */
  static final int MOST = 512;

  /** Elements of HTML that have no end or end by themselves, so that their ends are left out. */
  private static final Set<String> UNCLOSED =
      Set.of(
          ("area base body br col colgroup dd dt embed head hr html img input li link meta "
                  + "optgroup option p param rp rt source tbody td tfoot th thead tr track wbr")
              .split(" "));

  private Nesting() {}

  /** Returns whether XML is nested too deep. */
  static boolean isTooDeepXml(String xml) {
    return isTooDeep(xml, Set.of());
  }

  /** Returns whether HTML is nested too deep. */
  static boolean isTooDeepHtml(String html) {
    return isTooDeep(html, UNCLOSED);
  }

  private static boolean isTooDeep(String markup, Set<String> unclosed) {
    int depth = 0;
    int at = markup.indexOf('<');
    while (at >= 0 && depth <= MOST) {
      if (markup.startsWith("<![CDATA[", at)) {
        int end = markup.indexOf("]]>", at);
        at = end < 0 ? markup.length() : end;
      }
      boolean isEnd = at + 1 < markup.length() && markup.charAt(at + 1) == '/';
      int start = at + (isEnd ? 2 : 1);
      int end = start;
      while (end < markup.length() && isOfName(markup.charAt(end))) {
        end++;
      }
      int next = markup.indexOf('<', Math.max(end, at + 1));
      if (end > start
          && (unclosed.isEmpty()
              || !unclosed.contains(markup.substring(start, end).toLowerCase(Locale.ROOT)))) {
        if (isEnd) {
          depth = Math.max(0, depth - 1);
        } else if (!isEmpty(markup, end, next)) {
          depth++;
        }
      }
      at = next;
    }
    return depth > MOST;
  }

  private static boolean isOfName(char c) {
    return Character.isLetterOrDigit(c) || c == ':' || c == '-' || c == '.' || c == '_';
  }

  /** Returns whether a tag, of which the name ends at {@code from}, is like {@code <a/>}. */
  private static boolean isEmpty(String markup, int from, int next) {
    int end = next < 0 ? markup.length() : next;
    for (int i = from; i < end; i++) {
      if (markup.charAt(i) == '>') {
        return markup.charAt(i - 1) == '/';
      }
    }
    return false;
  }
}
