package org.demarche.ingest;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;
import org.demarche.text.ResourceLines;
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
          "a",
          "abbr",
          "acronym",
          "b",
          "bdi",
          "bdo",
          "big",
          "cite",
          "code",
          "data",
          "del",
          "dfn",
          "em",
          "font",
          "i",
          "ins",
          "kbd",
          "label",
          "mark",
          "nobr",
          "q",
          "rp",
          "rt",
          "ruby",
          "s",
          "samp",
          "small",
          "span",
          "strike",
          "strong",
          "sub",
          "sup",
          "time",
          "tt",
          "u",
          "var",
          "wbr",
          "amp-link");

  /** Elements that hold no text of an article. */
  private static final Set<String> NO_TEXT =
      Set.of(
          "applet",
          "area",
          "audio",
          "base",
          "button",
          "canvas",
          "col",
          "colgroup",
          "command",
          "datalist",
          "dialog",
          "embed",
          "figcaption",
          "footer",
          "frame",
          "frameset",
          "head",
          "iframe",
          "img",
          "input",
          "link",
          "map",
          "menu",
          "meta",
          "meter",
          "nav",
          "noframes",
          "noscript",
          "object",
          "optgroup",
          "option",
          "output",
          "param",
          "picture",
          "progress",
          "script",
          "select",
          "source",
          "style",
          "svg",
          "template",
          "textarea",
          "track",
          "video");

  /** Elements that are a part of an article, never the whole of it. */
  private static final Set<String> PARTS =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "tr");

  private static final Set<String> ROLES =
      Set.of("navigation", "complementary", "contentinfo", "banner", "dialog", "search");

  private static final Set<String> HEADINGS = Set.of("h1", "h2", "h3", "h4", "h5", "h6");

  /** Words in names of classes and ids that boxes around an article have. */
  private static final Map<String, Double> AROUND = load();

  /** A box with more than this share of the sentences of a page is not around the article. */
  private static final double MOST_AROUND = 0.4;

  /** The same for boxes whose names leave no doubt, such as comments. */
  private static final double MOST_SURELY_AROUND = 0.9;

  /** A shorter text in no paragraph is hardly a sentence. */
  private static final int SENTENCE = 60;

  /** Links beyond this share of a block make it a list of links. */
  private static final double MOST_LINKS = 0.5;

  /** In a paragraph, half a sentence may be linked. */
  private static final double MOST_LINKS_IN_PARAGRAPH = 0.85;

  /** What a page calls an article is it if it has this share of the sentences of the page. */
  private static final double LEAST_OF_ARTICLE = 0.5;

  /** Elements that an author writes, whatever their class. */
  private static final Set<String> WRITTEN =
      Set.of("html", "body", "blockquote", "p", "li", "h1", "h2", "h3", "h4", "td", "tr", "tbody");

  /** A heading above links to other articles. */
  private static final Pattern FURTHER_READING =
      Pattern.compile(
          "^(?:more (?:\\w+ ){0,3}(?:stories|from|on|news|coverage)|related|read (?:more|next|also)|"
              + "also read|see also|recommended|you may|you might|most (?:read|popular)|don.t miss|"
              + "further reading|top stories|trending|popular|latest|up next|tell us what|share this|"
              + "follow us|sign up)\\b",
          Pattern.CASE_INSENSITIVE);

  /** So many letters of sentences may stand behind such a heading. */
  private static final int MOST_BEHIND_FURTHER_READING = 300;

  /** A text that is marked but hidden counts if it is so much longer than what is shown. */
  private static final double MOST_HIDDEN = 1.1;

  /** A stretch of text. */
  private static final class Block {
    final StringBuilder text = new StringBuilder();
    final String element;
    int letters;
    int linkLetters;

    /** Whether it lies in a box around the article. */
    boolean isAround;

    double value;

    Block(String element) {
      this.element = element;
    }

    boolean isHeading() {
      return HEADINGS.contains(element);
    }

    boolean isLinks() {
      boolean isParagraph = element.equals("p") && letters - linkLetters >= 20;
      return linkLetters > (isParagraph ? MOST_LINKS_IN_PARAGRAPH : MOST_LINKS) * letters;
    }

    boolean endsLikeASentence() {
      int last = text.length() - 1;
      while (last > 0 && "\"'”’»)] \n".indexOf(text.charAt(last)) >= 0) {
        last--;
      }
      return last >= 0 && ".!?…。！？:".indexOf(text.charAt(last)) >= 0;
    }

    boolean isSentence() {
      return !isLinks()
          && !isHeading()
          && (letters >= SENTENCE || element.equals("p") && letters >= 15 && endsLikeASentence());
    }
  }

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
   * @param around as {@link #around(Element)} returns it
   */
  private record Open(Element element, int firstBlock, double around) {
    String name() {
      return element.normalName();
    }
  }

  private final List<Block> blocks = new ArrayList<>();
  private final List<Range> ranges = new ArrayList<>();

  /** The elements that the page calls articles. */
  private final List<Range> articles = new ArrayList<>();

  private final List<Box> boxes = new ArrayList<>();
  private final Deque<Open> open = new ArrayDeque<>();
  private Block block;
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
    if (marked != null && isHiddenInPage(marked)) {
      String hidden = marked.wholeText().strip();
      if (hidden.length() > MOST_HIDDEN * found.length()) {
        return hidden.replaceAll("\\s*\n\\s*", "\n\n");
      }
    }
    return found;
  }

  private static String visible(Element page, String headline) {
    PageBody body = new PageBody();
    body.open.push(new Open(new Element("body"), 0, 0));
    page.filter(body);
    body.endBlock();
    body.judge();
    return body.text(body.best(), headline);
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode words) {
      add(words.getWholeText());
    } else if (node instanceof Element element) {
      String name = element.normalName();
      if (depth > 0 && (NO_TEXT.contains(name) || isHidden(element))) {
        return FilterResult.SKIP_ENTIRELY;
      }
      boolean isInline = INLINE.contains(name) || name.equals("br");
      double around = around(element);
      if (isInline && around > 0 && WRITTEN.contains(open.peek().name())) {
        return FilterResult.SKIP_ENTIRELY;
      }
      if (name.equals("a")) {
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

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
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

  private static boolean isHiddenInPage(Element element) {
    return isHidden(element) || element.parents().stream().anyMatch(PageBody::isHidden);
  }

  private static boolean isHidden(Element element) {
    if (element.attributesSize() == 0) {
      return false;
    }
    String style = element.attr("style");
    return element.hasAttr("hidden")
        || !style.isEmpty()
            && style.replace(" ", "").toLowerCase(Locale.ROOT).contains("display:none")
        || element.attr("aria-hidden").equals("true") && !element.normalName().equals("div");
  }

  /**
   * Returns the share of the sentences of a page up to which an element is a box around the
   * article; 0 if nothing about it says that it is one.
   */
  private static double around(Element element) {
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
          most =
              Math.max(
                  most,
                  AROUND.getOrDefault(names.substring(start, i).toLowerCase(Locale.ROOT), 0.0));
        }
        start = isNewWord ? i : i + 1;
      }
    }
    return most;
  }

  private static Map<String, Double> load() {
    Map<String, Double> words = new HashMap<>();
    for (String line : ResourceLines.of(PageBody.class, "page-furniture.txt")) {
      boolean isSure = line.startsWith("surely ");
      words.put(
          isSure ? line.substring("surely ".length()) : line,
          isSure ? MOST_SURELY_AROUND : MOST_AROUND);
    }
    return Map.copyOf(words);
  }

  private void add(String words) {
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (Character.isWhitespace(c) || c == '\u00a0') {
        space = true;
        continue;
      }
      if (block == null) {
        block = new Block(open.peek().name());
      } else if (breaks > 0) {
        block.text.append("\n".repeat(Math.min(2, breaks)));
      } else if (space) {
        block.text.append(' ');
      }
      breaks = 0;
      space = false;
      block.text.append(c);
      block.letters++;
      block.linkLetters += links > 0 ? 1 : 0;
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

  /** Finds the blocks in boxes around the article, and gives each block its value. */
  private void judge() {
    int[] sentences = new int[blocks.size() + 1];
    for (int i = 0; i < blocks.size(); i++) {
      Block each = blocks.get(i);
      sentences[i + 1] = sentences[i] + (each.isSentence() ? each.letters : 0);
    }
    for (Box box : boxes) {
      int inside = sentences[box.range().to()] - sentences[box.range().from()];
      if (inside < box.most() * sentences[blocks.size()]) {
        blocks.subList(box.range().from(), box.range().to()).forEach(each -> each.isAround = true);
      }
    }
    for (Block each : blocks) {
      each.value = value(each);
    }
  }

  private static double value(Block block) {
    if (block.isAround) {
      return -Math.min(block.letters, 20);
    }
    if (block.isSentence()) {
      double share = block.element.equals("li") ? 0.5 : 1;
      return share * (block.letters - 2 * block.linkLetters);
    }
    if (block.isHeading()) {
      return 0;
    }
    return block.isLinks() ? -Math.min(block.letters, 20) : -10;
  }

  /** Returns the blocks of the element that are worth most together. */
  private Range best() {
    double[] sums = new double[blocks.size() + 1];
    for (int i = 0; i < blocks.size(); i++) {
      sums[i + 1] = sums[i] + blocks.get(i).value;
    }
    Range whole = new Range(0, blocks.size());
    double all = blocks.stream().mapToDouble(block -> Math.max(0, block.value)).sum();
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
      if (worth > most + (isWider && most > 0 ? 0.15 * most + 100 : 0)) {
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
    List<Block> kept = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Block each : blocks.subList(range.from(), range.to())) {
      String text = each.text.toString();
      if (each.isAround
          || each.isLinks() && each.letters > 0
          || Furniture.is(StringUtils.normalizeSpace(text))
          || isSame(text, headline)
          || each.letters > SENTENCE && !seen.add(text)) {
        continue;
      }
      kept.add(each);
    }
    cutAtFurtherReading(kept);
    while (!kept.isEmpty() && !isEnd(kept.get(kept.size() - 1))) {
      kept.remove(kept.size() - 1);
    }
    StringBuilder text = new StringBuilder();
    for (Block each : kept) {
      text.append(text.length() == 0 ? "" : "\n\n").append(each.text);
    }
    return text.toString();
  }

  /** Cuts the links to other articles, with the heading above them, from the end. */
  private static void cutAtFurtherReading(List<Block> kept) {
    int rest = 0;
    for (int i = kept.size() - 1; i > 0; i--) {
      Block block = kept.get(i);
      if (block.letters < 60 && FURTHER_READING.matcher(block.text).find()) {
        kept.subList(i, kept.size()).clear();
        return;
      }
      rest += block.isSentence() && block.linkLetters == 0 ? block.letters : 0;
      if (rest > MOST_BEHIND_FURTHER_READING) {
        return;
      }
    }
  }

  private static boolean isEnd(Block block) {
    return block.isSentence()
        || Set.of("li", "td", "blockquote", "pre").contains(block.element)
        || !block.isHeading() && block.endsLikeASentence();
  }

  private static boolean isSame(String text, String headline) {
    return headline != null
        && StringUtils.normalizeSpace(text).equalsIgnoreCase(StringUtils.normalizeSpace(headline));
  }
}
