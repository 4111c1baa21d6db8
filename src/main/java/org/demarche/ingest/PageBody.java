package org.demarche.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/**
 * Finds the text of the article in a page of a web site.
 *
 * <p>The page is cut into blocks: stretches of text that nothing interrupts but inline elements.
 * Each block has a value: sentences count for it, links, menus and boxes around an article count
 * against it. The article is the element whose blocks are worth most together; of these, the blocks
 * that are sentences, headings or lists are its text.
 */
final class PageBody implements NodeFilter {

  /** Inline elements, which do not end a block. */
  private static final Set<String> INLINE =
      Set.of(
          ("a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark "
                  + "nobr q rp rt ruby s samp small span strike strong sub sup time tt u var wbr "
                  + "amp-link")
              .split(" "));

  /** Elements that hold no text of an article. */
  private static final Set<String> NO_TEXT =
      Set.of(
          ("applet area audio base button canvas col colgroup command datalist dialog embed "
                  + "figcaption footer frame frameset head iframe img input link map menu meta meter "
                  + "nav noframes noscript object optgroup option output param picture progress "
                  + "script select source style svg template textarea track video")
              .split(" "));

  /** Elements that are a part of an article, never the whole of it. */
  private static final Set<String> PARTS =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "tr");

  /** What a page calls an article is it if it has this share of the sentences of the page. */
  private static final double LEAST_OF_ARTICLE = 0.5;

  /** An element around another one counts if it is worth so much more. */
  private static final double WIDER_SHARE = 0.15;

  private static final int WIDER_LETTERS = 100;

  /** A heading above links to other articles. */
  private static final Pattern FURTHER_READING =
      Pattern.compile(
          "^(?:(?:more (?:\\w+ ){0,3}(?:stories|from|on|news|coverage)|read (?:more|next|also)|"
              + "also read|see also|you may|you might|most (?:read|popular)|don.t miss|"
              + "further reading|top stories|up next|tell us what|share this|follow us|sign up)\\b|"
              + "(?:related|recommended|trending|popular|latest)(?:\\W*$|\\W+(?:for|from|in|on|now|"
              + "to|stories|news|articles|posts|videos|headlines|topics|content|coverage|links)\\b))",
          Pattern.CASE_INSENSITIVE);

  /** So many letters of sentences may stand behind such a heading. */
  private static final int MOST_BEHIND_FURTHER_READING = 300;

  /** A text that is marked but hidden counts if it is so much longer than what is shown. */
  private static final double MOST_HIDDEN = 1.1;

  /** A stretch of blocks that belong to one element. */
  private record Range(int from, int to) {}

  /**
   * An element that may be a box around the article.
   *
   * @param most the share of the sentences of the page from which on it is not
   */
  private record Box(Range range, double most) {}

  /**
   * An element that is being read and ends the blocks before and in it.
   *
   * @param around as {@link PageBoxes#around} returns it
   */
  private record Open(Element element, int firstBlock, double around) {
    String name() {
      return element.normalName();
    }
  }

  private final List<PageBlock> blocks = new ArrayList<>();
  private final List<Range> ranges = new ArrayList<>();

  /** The elements that the page calls articles. */
  private final List<Range> articles = new ArrayList<>();

  private final List<Box> boxes = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private PageBlock block;
  private int links;
  private boolean space;
  private int breaks;

  private PageBody() {}

  /**
   * Returns the text of the article, with an empty line between paragraphs; empty if the page has
   * none.
   *
   * @param page a parsed page
   * @param headline the headline, which is not repeated in the text, or null
   */
  static String of(Element page, String headline) {
    String found = visible(page, headline);
    // Some pages show their text by a script, and carry it for search engines only.
    Element marked = page.selectFirst("[itemprop=articleBody]");
    if (marked != null && PageBoxes.isInHidden(marked)) {
      String hidden = MarkupText.of(marked);
      if (hidden.length() > MOST_HIDDEN * found.length()) {
        return hidden;
      }
    }
    return found;
  }

  private static String visible(Element page, String headline) {
    PageBody body = new PageBody();
    body.open.push(new Open(new Element("body"), 0, 0));
    page.filter(body);
    body.endBlock();
    body.findBoxes();
    return body.text(body.best(), headline);
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode words) {
      add(words.getWholeText());
    } else if (node instanceof Element element) {
      String name = element.normalName();
      if (depth > 0 && (NO_TEXT.contains(name) || PageBoxes.isHidden(element))) {
        return FilterResult.SKIP_ENTIRELY;
      }
      boolean isInline = INLINE.contains(name) || name.equals("br");
      double around = isInline && isInSentence(element) ? 0 : PageBoxes.around(element);
      if (isInline && around > 0 && PageBoxes.isWritten(open.peek().name())) {
        return FilterResult.SKIP_ENTIRELY;
      }
      if (MarkupText.isBareQuotation(element)) {
        add("“");
      } else if (name.equals("a")) {
        links++;
      } else if (name.equals("br")) {
        breaks++;
      }
      if (!isInline || around > 0) {
        endBlock();
        open.push(new Open(element, blocks.size(), around));
      }
    }
    return FilterResult.CONTINUE;
  }

  /** Returns whether the words before and behind an element need those in it. */
  private boolean isInSentence(Element element) {
    return block != null
        && !block.endsLikeASentence()
        && element.nextSibling() instanceof TextNode behind
        && !behind.isBlank();
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      if (MarkupText.isBareQuotation(element)) {
        add("”");
      }
      if (element.normalName().equals("a")) {
        links--;
      }
      if (open.peek().element() == element) {
        endBlock();
        close(open.pop());
      }
    }
    return FilterResult.CONTINUE;
  }

  private void close(Open ended) {
    Range range = new Range(ended.firstBlock(), blocks.size());
    if (range.from() == range.to()) {
      return;
    }
    if (!PARTS.contains(ended.name())) {
      ranges.add(range);
    }
    if (ended.name().equals("article")) {
      articles.add(range);
    }
    if (ended.around() > 0) {
      boxes.add(new Box(range, ended.around()));
    }
  }

  private void add(String words) {
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (Character.isWhitespace(c) || c == '\u00a0') {
        space = true;
        continue;
      }
      if (block == null) {
        block = new PageBlock(open.peek().name());
        breaks = 0;
        space = false;
      }
      block.add(c, breaks, space, links > 0);
      breaks = 0;
      space = false;
    }
  }

  private void endBlock() {
    if (block != null) {
      blocks.add(block);
      block = null;
    }
    space = false;
    breaks = 0;
  }

  /** Finds the blocks in boxes around the article. */
  private void findBoxes() {
    int[] sentences = new int[blocks.size() + 1];
    for (int i = 0; i < blocks.size(); i++) {
      PageBlock each = blocks.get(i);
      sentences[i + 1] = sentences[i] + (each.isSentence() ? each.letters() : 0);
    }
    for (Box box : boxes) {
      int inside = sentences[box.range().to()] - sentences[box.range().from()];
      if (inside < box.most() * sentences[blocks.size()]) {
        blocks.subList(box.range().from(), box.range().to()).forEach(PageBlock::setAround);
      }
    }
  }

  /** Returns the blocks of the element that are worth most together. */
  private Range best() {
    double[] sums = new double[blocks.size() + 1];
    for (int i = 0; i < blocks.size(); i++) {
      sums[i + 1] = sums[i] + blocks.get(i).value();
    }
    Range whole = new Range(0, blocks.size());
    double all = blocks.stream().mapToDouble(block -> Math.max(0, block.value())).sum();
    Range called =
        articles.stream()
            .filter(article -> worth(article, sums) > LEAST_OF_ARTICLE * all)
            .findFirst()
            .orElse(whole);
    Range best = called;
    double most = Double.NEGATIVE_INFINITY;
    // Elements come before those that are around them, so the innermost of equals is kept.
    for (Range range : ranges) {
      if (range.from() < called.from() || range.to() > called.to()) {
        continue;
      }
      double worth = worth(range, sums);
      boolean isWider = range.from() <= best.from() && range.to() >= best.to();
      if (worth > most + (isWider && most > 0 ? WIDER_SHARE * most + WIDER_LETTERS : 0)) {
        most = worth;
        best = range;
      }
    }
    return best;
  }

  private static double worth(Range range, double[] sums) {
    return sums[range.to()] - sums[range.from()];
  }

  private String text(Range range, String headline) {
    List<PageBlock> kept = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    String shownHeadline = StringUtils.normalizeSpace(headline);
    for (PageBlock each : blocks.subList(range.from(), range.to())) {
      String text = each.text();
      String line = StringUtils.normalizeSpace(text);
      if (each.isAround()
          || each.isLinks()
          || Furniture.is(line)
          || line.equalsIgnoreCase(shownHeadline)
          || each.letters() > PageBlock.SENTENCE && !seen.add(text)) {
        continue;
      }
      kept.add(each);
    }
    cutAtFurtherReading(kept);
    while (!kept.isEmpty() && !kept.get(kept.size() - 1).isEnd()) {
      kept.remove(kept.size() - 1);
    }
    StringBuilder text = new StringBuilder();
    for (PageBlock each : kept) {
      text.append(text.length() == 0 ? "" : "\n\n").append(each.text());
    }
    return text.toString();
  }

  /** Cuts the links to other articles, with the heading above them, from the end. */
  private static void cutAtFurtherReading(List<PageBlock> kept) {
    int rest = 0;
    for (int i = kept.size() - 1; i > 0; i--) {
      PageBlock block = kept.get(i);
      if (block.letters() < PageBlock.SENTENCE
          && !block.isSentence()
          && FURTHER_READING.matcher(block.text()).find()) {
        kept.subList(i, kept.size()).clear();
        return;
      }
      rest += block.isSentence() && !block.hasLinks() ? block.letters() : 0;
      if (rest > MOST_BEHIND_FURTHER_READING) {
        return;
      }
    }
  }
}
