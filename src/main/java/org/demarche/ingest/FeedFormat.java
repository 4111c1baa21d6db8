package org.demarche.ingest;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.demarche.ingest.DocumentFacts.Fact;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * Feeds: RSS of all versions, with the exports of WordPress, and Atom. The text of an article is
 * the full content where a feed has it, else its summary.
 */
final class FeedFormat implements ArticleFormat {

  private static final Set<String> ROOTS = Set.of("rss", "feed", "rdf", "channel");

  /** Where the text of an item stands, the fullest first. */
  private static final List<String> TEXTS =
      List.of("encoded", "full-text", "content", "body", "description", "summary");

  /** Prefixes whose elements do not tell about the article; WordPress calls its excerpt encoded. */
  private static final Set<String> OTHERS =
      Set.of("media", "itunes", "googleplay", "podcast", "excerpt", "wp", "slash", "thr", "geo");

  private static final List<String> DATES =
      List.of("pubdate", "published", "date", "issued", "created", "updated", "modified");

  /** An address of mail with the name behind it, as RSS has authors. */
  private static final Pattern MAIL = Pattern.compile("\\S+@\\S+\\s*\\(([^)]+)\\)");

  /** Markup that was escaped once more than it should be. */
  private static final Pattern ESCAPED =
      Pattern.compile("</?(?:p|br|div|span|a|b|i|em|strong|ul|li|img|h[1-6]|table)\\b[^<>]*>");

  @Override
  public List<String> names() {
    return List.of("rss", "atom", "rdf");
  }

  @Override
  public Fit fit(Head head) {
    return ROOTS.contains(head.root()) ? Fit.CERTAIN : Fit.NO;
  }

  @Override
  public Records open(Input input) throws IOException {
    Head head = new Head(input.bytes().peek(InputBytes.HEAD), input.fields());
    String item = head.root().equals("feed") ? "entry" : "item";
    return new XmlRecords(input, item, FeedFormat::read);
  }

  private static Optional<DocumentFacts> read(Element item, Element before) {
    DocumentFacts facts = new DocumentFacts();
    for (String name : TEXTS) {
      facts.offer(Fact.TEXT, text(child(item, name)));
    }
    facts.offer(Fact.HEADLINE, headline(child(item, "title")));
    if (facts.isEmpty()) {
      return Optional.empty();
    }
    Element channel = before.firstElementChild();
    Element inner = child(channel, "channel");
    channel = inner == null ? channel : inner;
    for (String date : DATES) {
      facts.offerDate(PublishedSource.FIELD, Xml.text(child(item, date)));
    }
    facts.offer(Fact.BYLINE, authors(item));
    facts.offer(Fact.BYLINE, authors(child(item, "source")));
    facts.offer(Fact.URL, address(item, channel));
    facts.offer(Fact.ID, id(item));
    facts.offer(Fact.OUTLET, Xml.text(child(item, "publisher")));
    Element source = child(item, "source");
    facts.offer(Fact.OUTLET, Xml.text(child(source, "title")));
    facts.offer(Fact.OUTLET, source == null || source.childrenSize() > 0 ? null : source.text());
    facts.offer(Fact.OUTLET, Xml.text(child(channel, "title")));
    if (inner == null) {
      facts.offer(Fact.BYLINE, authors(channel));
    }
    Element category = child(item, "category");
    facts.offer(Fact.SECTION, Xml.text(category));
    facts.offer(Fact.SECTION, Xml.attribute(category, "label"));
    facts.offer(Fact.SECTION, Xml.attribute(category, "term"));
    facts.offer(Fact.LANGUAGE, Xml.text(child(item, "language")));
    facts.offer(Fact.LANGUAGE, Xml.language(item));
    facts.offer(Fact.LANGUAGE, Xml.text(child(channel, "language")));
    facts.offer(Fact.LANGUAGE, channel == null ? null : Xml.language(channel));
    return Optional.of(facts);
  }

  /**
   * Returns the children that tell about the article. Elements for pictures, podcasts and the like
   * have the same names under prefixes of their own.
   */
  private static Stream<Element> children(Element parent) {
    return parent == null
        ? Stream.empty()
        : parent.children().stream()
            .filter(
                child -> !OTHERS.contains(StringUtils.substringBefore(child.normalName(), ":")));
  }

  /** Returns the first of the children that has this name, or null. */
  private static Element child(Element parent, String name) {
    return children(parent)
        .filter(child -> MarkupText.name(child).equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Returns a headline; it may be escaped HTML. */
  private static String headline(Element title) {
    String text = Xml.text(title);
    return text != null && ESCAPED.matcher(text).find() ? Jsoup.parse(text).text() : text;
  }

  /** Returns the text of an element that holds markup, escaped markup or plain text. */
  private static String text(Element element) {
    if (element == null) {
      return null;
    }
    if (element.childrenSize() > 0) {
      return MarkupText.of(element);
    }
    String text = MarkupText.of(Jsoup.parse(element.wholeText()).body());
    return ESCAPED.matcher(text).find() && !hasMarkup(element.wholeText())
        ? MarkupText.of(Jsoup.parse(text).body())
        : text;
  }

  private static boolean hasMarkup(String html) {
    return ESCAPED.matcher(html).find();
  }

  private static String authors(Element item) {
    String names =
        children(item)
            .filter(child -> Set.of("creator", "author").contains(MarkupText.name(child)))
            .map(FeedFormat::author)
            .filter(StringUtils::isNotBlank)
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? null : names;
  }

  private static String author(Element author) {
    Element name = Xml.child(author, "name");
    String text = StringUtils.normalizeSpace(Xml.text(name == null ? author : name));
    Matcher mail = MAIL.matcher(text);
    return Bylines.of(mail.matches() ? mail.group(1) : text);
  }

  /** Returns the address of the article, made absolute by that of the feed. */
  private static String address(Element item, Element channel) {
    Element original = child(item, "origlink");
    String link = Xml.text(original);
    link = StringUtils.isBlank(link) ? link(item) : link;
    if (StringUtils.isBlank(link)) {
      Element guid = child(item, "guid");
      link =
          guid != null
                  && !guid.attr("isPermaLink").equals("false")
                  && guid.text().startsWith("http")
              ? guid.text()
              : null;
    }
    if (link == null || link.contains("://") || channel == null) {
      return link;
    }
    try {
      URI place = URI.create(link);
      for (String base : bases(channel)) {
        place = URI.create(base).resolve(place);
      }
      return place.toString();
    } catch (IllegalArgumentException e) {
      return link;
    }
  }

  /** Returns what makes an address absolute: the address of the site, then that of the feed. */
  private static List<String> bases(Element channel) {
    List<String> bases = new ArrayList<>();
    bases.add(link(channel));
    for (Element child : channel.children()) {
      if (MarkupText.name(child).equals("link") && child.attr("rel").equals("self")) {
        bases.add(child.attr("href"));
      }
    }
    bases.removeIf(StringUtils::isBlank);
    return bases;
  }

  private static String link(Element parent) {
    for (Element child : children(parent).toList()) {
      if (MarkupText.name(child).equals("link")) {
        String relation = child.attr("rel");
        if (child.hasAttr("href") && (relation.isEmpty() || relation.equals("alternate"))) {
          return child.attr("href");
        } else if (!child.hasAttr("href") && !child.text().isBlank()) {
          return child.text();
        }
      }
    }
    return null;
  }

  /** Returns the id; a bare number is one within its feed only. */
  private static String id(Element item) {
    for (String name : List.of("guid", "id")) {
      String id = Xml.text(child(item, name));
      if (id != null && id.indexOf(':') > 0) {
        return id;
      }
    }
    return null;
  }
}
