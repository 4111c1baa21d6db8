package org.demarche.ingest;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.demarche.ingest.DocumentFacts.Fact;
import org.jsoup.nodes.Element;

/** NITF 3, the News Industry Text Format of the IPTC: articles as agencies send them. */
final class NitfFormat implements ArticleFormat {

  @Override
  public List<String> names() {
    return List.of("nitf");
  }

  @Override
  public Fit fit(Head head) {
    return head.root().equals("nitf") ? Fit.CERTAIN : Fit.NO;
  }

  @Override
  public Records open(Input input) {
    return new XmlRecords(
        input,
        new XmlItems("nitf", false),
        before ->
            nitf -> {
              DocumentFacts facts = new DocumentFacts();
              read(nitf, facts);
              return Optional.of(facts);
            });
  }

  /** Offers what the element {@code nitf} says; an item of NewsML may hold it. */
  static void read(Element nitf, DocumentFacts facts) {
    Element head = Xml.child(nitf, "head");
    Element body = Xml.child(nitf, "body");
    Element bodyHead = Xml.child(body, "body.head");
    headline(head, bodyHead, facts);
    byline(Xml.children(bodyHead, "byline"), facts);
    Element dateline = Xml.child(bodyHead, "dateline");
    facts.offer(Fact.DATELINE, Xml.text(Xml.find(dateline, "location")));
    facts.offer(
        Fact.DATELINE,
        dateline == null
            ? null
            : MarkupText.of(dateline, part -> MarkupText.name(part).equals("story.date")));

    Element data = Xml.find(head, "docdata");
    Element publication = Xml.find(head, "pubdata");
    for (String date : List.of("date.issue", "date.release")) {
      facts.offerDate(PublishedSource.FIELD, Xml.attribute(Xml.find(data, date), "norm"));
      facts.offerDate(PublishedSource.FIELD, Xml.text(Xml.find(data, date)));
    }
    facts.offerDate(PublishedSource.FIELD, Xml.attribute(Xml.find(bodyHead, "story.date"), "norm"));
    facts.offerDate(PublishedSource.FIELD, Xml.attribute(publication, "date.publication"));

    facts.offer(Fact.ID, Xml.attribute(Xml.find(data, "doc-id"), "id-string"));
    facts.offer(Fact.URL, address(Xml.attribute(publication, "ex-ref")));
    facts.offer(Fact.SECTION, Xml.attribute(publication, "position.section"));
    facts.offer(
        Fact.SECTION,
        Xml.attribute(
            Xml.find(Xml.find(head, "tobject"), "tobject.subject"), "tobject.subject.type"));
    facts.offer(Fact.OUTLET, Xml.text(Xml.child(bodyHead, "distributor")));
    facts.offer(Fact.OUTLET, Xml.attribute(publication, "name"));
    facts.offer(Fact.OUTLET, Xml.attribute(Xml.find(data, "doc.copyright"), "holder"));
    facts.offer(Fact.LANGUAGE, Xml.language(nitf));
    List<Element> contents = contents(nitf, body);
    if (!contents.isEmpty()) {
      facts.offer(
          Fact.TEXT, contents.stream().map(MarkupText::of).collect(Collectors.joining("\n\n")));
    } else if (body != null) {
      facts.offer(
          Fact.TEXT,
          MarkupText.of(
              body, part -> Set.of("body.head", "body.end").contains(MarkupText.name(part))));
    }
  }

  private static void headline(Element head, Element bodyHead, DocumentFacts facts) {
    for (String name : List.of("hedline", "headline")) {
      Element headline = Xml.child(bodyHead, name);
      Element first = Xml.child(headline, "hl1");
      facts.offer(Fact.HEADLINE, Xml.text(first == null ? headline : first));
    }
    facts.offer(Fact.HEADLINE, Xml.text(Xml.find(bodyHead, "hl1")));
    facts.offer(Fact.HEADLINE, Xml.text(Xml.child(head, "title")));
  }

  /** The names, without the titles of those who bear them, unless there is nothing else. */
  private static void byline(List<Element> bylines, DocumentFacts facts) {
    facts.offer(
        Fact.BYLINE,
        bylines.stream()
            .map(byline -> MarkupText.of(byline, part -> MarkupText.name(part).equals("byttl")))
            .map(Bylines::of)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", ")));
    bylines.forEach(byline -> facts.offer(Fact.BYLINE, byline.text()));
  }

  /** Returns the contents of the body; a note in its head may have a content of its own. */
  private static List<Element> contents(Element nitf, Element body) {
    List<Element> contents = Xml.children(body, "body.content");
    return contents.isEmpty()
        ? Xml.all(nitf, "body.content").stream()
            .filter(
                found ->
                    found.parents().stream()
                        .map(MarkupText::name)
                        .noneMatch(name -> name.equals("note") || name.equals("body.head")))
            .limit(1)
            .toList()
        : contents;
  }

  private static String address(String reference) {
    return reference != null && reference.startsWith("http") ? reference : null;
  }
}
