package org.demarche.ingest;

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
import org.jsoup.nodes.Element;

/**
 * Reads the items of one feed. The text of an article is the full content where a feed has it, else
 * its summary. What the feed says of itself is read once, however many items there are.
 */
final class FeedItems implements XmlRecords.Interpreter {

  /** Where the text of an item stands, the fullest first. */
  private static final List<String> TEXTS =
      List.of("encoded", "full-text", "content", "body", "description", "summary");

  /** Prefixes whose elements do not tell about the article; WordPress calls its excerpt encoded. */
  private static final Set<String> OTHERS =
      Set.of("media", "itunes", "googleplay", "podcast", "excerpt", "wp", "slash", "thr", "geo");

  private static final List<String> DATES =
      List.of("pubdate", "published", "date", "issued", "created");

  private static final List<String> DATES_OF_CHANGE = List.of("updated", "modified");

  /** An address of mail with the name behind it, as RSS has authors. */
  private static final Pattern MAIL = Pattern.compile("[^\\s(@]++@[^\\s(]++\\s*+\\(([^)]+)\\)");

  /** A longer author or address is none. */
  private static final int LONGEST_LINE = 2_000;

  /** Markup that was escaped once more than it should be. */
  private static final Pattern ESCAPED =
      Pattern.compile("</?(?:p|br|div|span|a|b|i|em|strong|ul|li|img|h[1-6]|table)\\b[^<>]*>");

  /** Markup that parts paragraphs. */
  private static final Pattern PARTING =
      Pattern.compile(
          "<(?:p|br|div|li|h[1-6]|table|blockquote|section|article)\\b", Pattern.CASE_INSENSITIVE);

  private static final Pattern EMPTY_LINE = Pattern.compile("\\R[ \\t]*+\\R\\s*+");

  private final String outlet;
  private final String language;

  /** The authors of an Atom feed, who are those of each entry that names none. */
  private final String authors;

  /** What makes addresses absolute: the address of the site, then that of the feed. */
  private final List<String> bases = new ArrayList<>();

  /**
   * @param before what stands in the file before its first item
   */
  FeedItems(Element before) {
    Element root = before.firstElementChild();
    Element inner = child(root, "channel");
    Element channel = inner == null ? root : inner;
    outlet = Xml.text(child(channel, "title"));
    String declared = Xml.text(child(channel, "language"));
    language = StringUtils.isBlank(declared) ? Xml.language(channel) : declared;
    authors = inner == null ? authors(channel) : null;
    if (channel != null) {
      bases.add(link(channel));
      bases.add(ownAddress(channel));
      bases.removeIf(StringUtils::isBlank);
    }
  }

  @Override
  public Optional<DocumentFacts> read(Element item) {
    DocumentFacts facts = new DocumentFacts();
    if (isUnpublished(item)) {
      return Optional.empty();
    }
    for (String name : TEXTS) {
      facts.offer(Fact.TEXT, text(child(item, name)));
    }
    facts.offer(Fact.HEADLINE, headline(child(item, "title")));
    if (facts.isEmpty()) {
      return Optional.empty();
    }
    DATES.forEach(name -> facts.offerDate(PublishedSource.FIELD, Xml.text(child(item, name))));
    DATES_OF_CHANGE.forEach(
        name -> facts.offerDate(PublishedSource.CHANGE, Xml.text(child(item, name))));
    Element source = child(item, "source");
    facts.offer(Fact.BYLINE, authors(item));
    facts.offer(Fact.BYLINE, authors(source));
    facts.offer(Fact.BYLINE, authors);
    facts.offer(Fact.URL, address(item));
    facts.offer(Fact.ID, id(item));
    facts.offer(Fact.OUTLET, Xml.text(child(item, "publisher")));
    facts.offer(Fact.OUTLET, Xml.text(child(source, "title")));
    facts.offer(Fact.OUTLET, source == null || source.childrenSize() > 0 ? null : source.text());
    facts.offer(Fact.OUTLET, outlet);
    Element category = child(item, "category");
    facts.offer(Fact.SECTION, Xml.text(category));
    facts.offer(Fact.SECTION, Xml.attribute(category, "label"));
    facts.offer(Fact.SECTION, Xml.attribute(category, "term"));
    facts.offer(Fact.LANGUAGE, Xml.text(child(item, "language")));
    facts.offer(Fact.LANGUAGE, Xml.language(item));
    facts.offer(Fact.LANGUAGE, language);
    return Optional.of(facts);
  }

  /**
   * Returns whether an item of an export of WordPress is a draft, a menu, a picture or the like.
   */
  private static boolean isUnpublished(Element item) {
    String status = "publish";
    String type = "post";
    for (Element child : item.children()) {
      if (child.normalName().equals("wp:status")) {
        status = child.text();
      } else if (child.normalName().equals("wp:post_type")) {
        type = child.text();
      }
    }
    return Set.of("draft", "auto-draft", "pending", "private", "future", "trash").contains(status)
        || Set.of("attachment", "nav_menu_item", "revision", "custom_css").contains(type);
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
    return text != null && isMarkup(text) ? Markup.html(text, "").text() : text;
  }

  /** Returns the text of an element that holds markup, escaped markup or plain text. */
  private static String text(Element element) {
    if (element == null) {
      return null;
    }
    if (element.childrenSize() > 0) {
      return MarkupText.of(element);
    }
    String delivered = element.wholeText();
    String text = textOfHtml(delivered);
    return isMarkup(text) && !isMarkup(delivered) ? textOfHtml(text) : text;
  }

  /** Returns the text of HTML; without elements that part paragraphs, empty lines part them. */
  private static String textOfHtml(String html) {
    String parted =
        PARTING.matcher(html).find() ? html : EMPTY_LINE.matcher(html).replaceAll("<p>");
    return MarkupText.of(Markup.html(parted, "").body());
  }

  private static boolean isMarkup(String text) {
    return ESCAPED.matcher(text).find();
  }

  private static String authors(Element item) {
    String names =
        children(item)
            .filter(child -> Set.of("creator", "author").contains(MarkupText.name(child)))
            .map(FeedItems::author)
            .filter(StringUtils::isNotBlank)
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? null : names;
  }

  private static String author(Element author) {
    Element name = Xml.child(author, "name");
    String text = line(Xml.text(name == null ? author : name));
    Matcher mail = MAIL.matcher(text);
    return Bylines.of(mail.matches() ? mail.group(1) : text);
  }

  private static String line(String text) {
    return StringUtils.truncate(StringUtils.normalizeSpace(text), LONGEST_LINE);
  }

  /** Returns the address of the article, made absolute by that of the feed. */
  private String address(Element item) {
    String link = Xml.text(child(item, "origlink"));
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
    if (link == null || link.contains("://")) {
      return link;
    }
    try {
      URI place = URI.create(link);
      for (String base : bases) {
        place = URI.create(base).resolve(place);
      }
      return place.toString();
    } catch (IllegalArgumentException e) {
      return link;
    }
  }

  /** Returns the address that a feed says it has itself, or null. */
  private static String ownAddress(Element channel) {
    return channel.children().stream()
        .filter(child -> MarkupText.name(child).equals("link") && child.attr("rel").equals("self"))
        .map(link -> link.attr("href"))
        .findFirst()
        .orElse(null);
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
