package org.demarche.ingest;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.lang3.StringUtils;
import org.demarche.ingest.DocumentFacts.Fact;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/**
 * NewsML-G2 and its predecessor NewsML 1, the envelopes of the IPTC: single items, messages with
 * many items, and packages. An article is an item whose class is text; pictures, graphics, videos
 * and packages, which only refer to items, are none.
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
    return new XmlRecords(input, "newsitem", (item, before) -> read(item));
  }

  private static Optional<DocumentFacts> read(Element item) {
    DocumentFacts facts = new DocumentFacts();
    boolean isText;
    if (Xml.child(item, "newscomponent") != null) {
      isText = readFirst(item, facts);
    } else {
      isText = readSecond(item, facts);
    }
    return isText && !facts.isEmpty() ? Optional.of(facts) : Optional.empty();
  }

  /** Reads an item of NewsML-G2; returns whether it is one of text. */
  private static boolean readSecond(Element item, DocumentFacts facts) {
    Element meta = Xml.child(item, "itemmeta");
    Element about = Xml.child(item, "contentmeta");
    Element itemClass = Xml.child(meta, "itemclass");
    if (itemClass != null) {
      String code = itemClass.attr("qcode") + itemClass.attr("uri");
      if (!code.isEmpty() && !code.toLowerCase(Locale.ROOT).endsWith("text")) {
        return false;
      }
    }
    facts.offer(Fact.ID, Xml.attribute(item, "guid"));
    facts.offer(Fact.HEADLINE, Xml.text(Xml.child(about, "headline")));
    facts.offer(Fact.DATELINE, Xml.text(Xml.child(about, "dateline")));
    facts.offer(Fact.BYLINE, Bylines.of(Xml.text(Xml.child(about, "by"))));
    for (String date : List.of("versioncreated", "firstcreated")) {
      facts.offerDate(PublishedSource.FIELD, Xml.text(Xml.child(meta, date)));
    }
    for (String date : List.of("contentmodified", "contentcreated")) {
      facts.offerDate(PublishedSource.FIELD, Xml.text(Xml.child(about, date)));
    }
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
    if (set != null) {
      set.children().forEach(content -> content(content, facts));
    }
    facts.offer(Fact.HEADLINE, Xml.text(Xml.child(meta, "title")));
    return true;
  }

  /** Reads an item of NewsML 1; returns whether it has text. */
  private static boolean readFirst(Element item, DocumentFacts facts) {
    Element management = Xml.child(item, "newsmanagement");
    facts.offer(Fact.ID, Xml.text(Xml.find(item, "publicidentifier")));
    for (String date : List.of("thisrevisioncreated", "firstcreated")) {
      facts.offerDate(PublishedSource.FIELD, Xml.text(Xml.child(management, date)));
    }
    Element lines = Xml.find(item, "newslines");
    facts.offer(Fact.HEADLINE, Xml.text(Xml.child(lines, "headline")));
    facts.offer(Fact.BYLINE, Bylines.of(Xml.text(Xml.child(lines, "byline"))));
    facts.offer(Fact.DATELINE, Xml.text(Xml.child(lines, "dateline")));
    facts.offer(Fact.OUTLET, formalName(Xml.find(Xml.find(item, "provider"), "party")));
    facts.offer(Fact.OUTLET, formalName(Xml.find(Xml.find(item, "source"), "party")));
    facts.offer(Fact.LANGUAGE, formalName(Xml.find(item, "language")));
    facts.offer(Fact.LANGUAGE, Xml.language(item));
    boolean isText = false;
    for (Element content : Xml.all(item, "contentitem")) {
      String type = formalName(Xml.child(content, "mediatype"));
      Element data = Xml.child(content, "datacontent");
      if (data != null && (type == null || type.equalsIgnoreCase("text"))) {
        isText = true;
        content(data, facts);
      }
    }
    return isText;
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
      html = Jsoup.parse(content.wholeText()).body();
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
