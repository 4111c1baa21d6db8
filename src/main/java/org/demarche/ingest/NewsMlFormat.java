package org.demarche.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.demarche.ingest.DocumentFacts.Fact;
import org.jsoup.nodes.Element;

/**
 * NewsML-G2 and its predecessor NewsML 1, the envelopes of the IPTC: single items, messages with
 * many items, and packages. The text of an article is that of an item whose class is text; of
 * pictures, graphics and videos there is the headline only. Packages, which only refer to items,
 * are no articles.
 */
final class NewsMlFormat implements ArticleFormat {

  private static final Set<String> ROOTS =
      Set.of(
          "newsitem",
          "newsmessage",
          "packageitem",
          "conceptitem",
          "knowledgeitem",
          "planningitem",
          "catalogitem",
          "newsml");

  @Override
  public List<String> names() {
    return List.of("newsml");
  }

  @Override
  public Fit fit(Head head) {
    return ROOTS.contains(head.root()) ? Fit.CERTAIN : Fit.NO;
  }

  @Override
  public Records open(Input input) {
    return new XmlRecords(input, new XmlItems("newsitem", true), before -> NewsMlFormat::read);
  }

  private static Optional<DocumentFacts> read(Element item) {
    DocumentFacts facts = new DocumentFacts();
    if (Xml.child(item, "newscomponent") != null) {
      readFirst(item, facts);
    } else {
      readSecond(item, facts);
    }
    return facts.isEmpty() ? Optional.empty() : Optional.of(facts);
  }

  /** Reads an item of NewsML-G2. */
  private static void readSecond(Element item, DocumentFacts facts) {
    Element meta = Xml.child(item, "itemmeta");
    Element about = Xml.child(item, "contentmeta");
    facts.offer(Fact.ID, Xml.attribute(item, "guid"));
    facts.offer(Fact.HEADLINE, Xml.text(Xml.child(about, "headline")));
    facts.offer(Fact.DATELINE, Xml.text(Xml.child(about, "dateline")));
    facts.offer(Fact.BYLINE, Bylines.of(Xml.text(Xml.child(about, "by"))));
    dates(meta, "versioncreated", "firstcreated", facts);
    dates(about, "contentmodified", "contentcreated", facts);
    Element holder = Xml.find(Xml.child(item, "rightsinfo"), "copyrightholder");
    Stream.of(Xml.child(meta, "provider"), holder, Xml.child(about, "infosource"))
        .forEach(
            party -> {
              facts.offer(Fact.OUTLET, Xml.text(Xml.child(party, "name")));
              facts.offer(Fact.OUTLET, Xml.attribute(party, "literal"));
            });
    facts.offer(Fact.LANGUAGE, Xml.attribute(Xml.child(about, "language"), "tag"));
    facts.offer(Fact.LANGUAGE, Xml.language(item));
    Xml.all(about, "subject").stream()
        .map(subject -> Xml.text(Xml.child(subject, "name")))
        .forEach(name -> facts.offer(Fact.SECTION, name));
    Element set = Xml.child(item, "contentset");
    if (set != null && isText(Xml.child(meta, "itemclass"))) {
      set.children().forEach(content -> content(content, facts));
    }
    facts.offer(Fact.HEADLINE, Xml.text(Xml.child(meta, "title")));
  }

  private static boolean isText(Element itemClass) {
    String code = itemClass == null ? "" : itemClass.attr("qcode") + itemClass.attr("uri");
    return code.isEmpty() || code.toLowerCase(Locale.ROOT).endsWith("text");
  }

  /** Offers the date of this version of an item, else that of its first one. */
  private static void dates(Element parent, String last, String first, DocumentFacts facts) {
    String date = Xml.text(Xml.child(parent, last));
    String firstDate = Xml.text(Xml.child(parent, first));
    facts.offerDate(
        Objects.equals(date, firstDate) ? PublishedSource.FIELD : PublishedSource.CHANGE, date);
    facts.offerDate(PublishedSource.FIELD, firstDate);
  }

  /** Reads an item of NewsML 1. */
  private static void readFirst(Element item, DocumentFacts facts) {
    Element management = Xml.child(item, "newsmanagement");
    facts.offer(Fact.ID, Xml.text(Xml.find(item, "publicidentifier")));
    dates(management, "thisrevisioncreated", "firstcreated", facts);
    Element lines = Xml.find(item, "newslines");
    facts.offer(Fact.HEADLINE, Xml.text(Xml.child(lines, "headline")));
    facts.offer(Fact.BYLINE, Bylines.of(Xml.text(Xml.child(lines, "byline"))));
    facts.offer(Fact.DATELINE, Xml.text(Xml.child(lines, "dateline")));
    facts.offer(Fact.OUTLET, formalName(Xml.find(Xml.find(item, "provider"), "party")));
    facts.offer(Fact.OUTLET, formalName(Xml.find(Xml.find(item, "source"), "party")));
    facts.offer(Fact.LANGUAGE, formalName(Xml.find(item, "language")));
    facts.offer(Fact.LANGUAGE, Xml.language(item));
    for (Element content : Xml.all(item, "contentitem")) {
      String type = formalName(Xml.child(content, "mediatype"));
      Element data = Xml.child(content, "datacontent");
      if (data != null && (type == null || type.equalsIgnoreCase("text"))) {
        content(data, facts);
      }
    }
  }

  private static String formalName(Element element) {
    return Xml.attribute(element, "FormalName");
  }

  /** Reads content: NITF, HTML whatever its namespace, escaped HTML, or text. */
  private static void content(Element content, DocumentFacts facts) {
    if (MarkupText.name(content).equals("remotecontent") || isOther(content)) {
      return;
    }
    Element nitf = Xml.find(content, "nitf");
    if (nitf != null) {
      NitfFormat.read(nitf, facts);
      return;
    }
    Element html = Xml.find(content, "body");
    if (html == null && content.childrenSize() == 0 && content.text().contains("</")) {
      html = Markup.html(content.wholeText(), "").body();
    }
    boolean isPlain = html == null && content.childrenSize() == 0;
    facts.offer(
        Fact.TEXT,
        isPlain ? plain(content.wholeText()) : MarkupText.of(html == null ? content : html));
  }

  /** Returns plain text with a paragraph for each stretch between empty lines. */
  private static String plain(String text) {
    return Arrays.stream(text.split("\\R\\s*\\R"))
        .map(StringUtils::normalizeSpace)
        .filter(paragraph -> !paragraph.isEmpty())
        .collect(Collectors.joining("\n\n"));
  }

  /** Returns whether the content is declared to be neither text nor markup of text. */
  private static boolean isOther(Element content) {
    String type = content.attr("contenttype").toLowerCase(Locale.ROOT);
    return Stream.of("image", "video", "audio", "json", "sportsml", "eventsml")
        .anyMatch(type::contains);
  }
}
