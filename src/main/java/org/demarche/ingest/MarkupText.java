package org.demarche.ingest;

import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/**
 * Turns markup into text: paragraphs with an empty line between them, lines where the markup breaks
 * them, and single spaces elsewhere. The names of elements are compared without prefix and case, so
 * that HTML in a wrong namespace and NITF read the same.
 */
final class MarkupText implements NodeFilter {

  /** Elements that stand apart from the text around them by an empty line. */
  private static final Set<String> PARAGRAPHS =
      Set.of(
          ("address article aside blockquote block body body.content bq center dd div dl dt "
                  + "fieldset figure footer form h1 h2 h3 h4 h5 h6 header hl1 hl2 hr main nav "
                  + "nitf-table ol p pre section table ul")
              .split(" "));

  /** Elements that have a line of their own. */
  private static final Set<String> LINES = Set.of("br", "caption", "li", "option", "tr");

  /** Quotation marks of all languages. */
  private static final String MARKS = "\"'“”„‟‘’‚«»‹›";

  private static final Set<String> CELLS = Set.of("td", "th");

  /** Elements whose text is not the article's. */
  private static final Set<String> NO_TEXT =
      Set.of(
          ("audio button canvas datalist embed form figcaption iframe input media "
                  + "media-caption media-metadata media-producer media-reference meter noframes "
                  + "noscript note object progress script select style svg template textarea video")
              .split(" "));

  private final Predicate<Element> leftOut;
  private final StringBuilder text = new StringBuilder();

  /** Line breaks that come before the next word: none, one, or two for an empty line. */
  private int breaks;

  private boolean space;
  private int preformatted;

  private MarkupText(Predicate<Element> leftOut) {
    this.leftOut = leftOut;
  }

  /** Returns the text of an element, without that of scripts, media and notes. */
  static String of(Element root) {
    return of(root, element -> false);
  }

  /**
   * Returns the text of an element, without that of scripts, media and notes.
   *
   * @param leftOut tells which elements inside it are left out
   */
  static String of(Element root, Predicate<Element> leftOut) {
    MarkupText made = new MarkupText(leftOut);
    root.filter(made);
    return made.text.toString();
  }

  /** Returns the name of an element without prefix, in lower case. */
  static String name(Element element) {
    String name = element.normalName();
    return name.substring(name.indexOf(':') + 1).toLowerCase(Locale.ROOT);
  }

  /** Returns whether an element is a quotation around which a reader adds the marks. */
  static boolean isBareQuotation(Element element) {
    return name(element).equals("q")
        && !isMark(element.previousSibling(), text -> text.charAt(text.length() - 1))
        && !isMark(
            element.childNodeSize() == 0 ? null : element.childNode(0), text -> text.charAt(0));
  }

  private static boolean isMark(Node node, ToIntFunction<String> end) {
    return node instanceof TextNode words
        && !words.getWholeText().isEmpty()
        && MARKS.indexOf(end.applyAsInt(words.getWholeText())) >= 0;
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode words) {
      add(words.getWholeText());
    } else if (node instanceof Element element) {
      String name = name(element);
      if (depth > 0 && (NO_TEXT.contains(name) || leftOut.test(element))) {
        return FilterResult.SKIP_ENTIRELY;
      }
      around(name);
      add(isBareQuotation(element) ? "“" : "");
      preformatted += name.equals("pre") ? 1 : 0;
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      String name = name(element);
      add(isBareQuotation(element) ? "”" : "");
      preformatted -= name.equals("pre") ? 1 : 0;
      if (!name.equals("br")) {
        around(name);
      }
    }
    return FilterResult.CONTINUE;
  }

  private void around(String name) {
    if (PARAGRAPHS.contains(name)) {
      breaks = 2;
    } else if (name.equals("br")) {
      breaks = Math.min(2, breaks + 1);
    } else if (LINES.contains(name)) {
      breaks = Math.max(1, breaks);
    } else if (CELLS.contains(name)) {
      space = true;
    }
  }

  private void add(String words) {
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c == '\n' && preformatted > 0) {
        breaks = Math.min(2, breaks + 1);
      } else if (Character.isWhitespace(c) || c == '\u00a0') {
        space = true;
      } else {
        if (text.length() > 0) {
          text.append(breaks > 0 ? "\n".repeat(breaks) : space ? " " : "");
        }
        breaks = 0;
        space = false;
        text.append(c);
      }
    }
  }
}
