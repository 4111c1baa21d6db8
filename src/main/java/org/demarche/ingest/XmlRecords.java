package org.demarche.ingest;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.Function;
import org.demarche.ingest.Outcome.Origin;
import org.demarche.ingest.Outcome.Reason;
import org.demarche.ingest.Outcome.Rejected;
import org.demarche.ingest.Utf8.Decoded;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The items of an XML file. Each is cut out first and then parsed alone, so that a file of any size
 * needs the memory of its largest item.
 */
final class XmlRecords implements Records {

  /** Makes an article of an item. */
  @FunctionalInterface
  interface Interpreter {

    /**
     * Returns what an item says; empty if it is not for an article, such as a picture.
     *
     * @throws Markup.TooComplexException if it holds markup that is not read
     */
    Optional<DocumentFacts> read(Element item);
  }

  private final Input input;
  private final Function<Element, Interpreter> beginning;
  private final XmlItems items;
  private final RecordSlicer slicer;

  /** Items that stood inside another one. */
  private final Queue<Element> nested = new ArrayDeque<>();

  /** Reads the items; null before what stands in front of the first one has been read. */
  private Interpreter interpreter;

  private Optional<Charset> encoding = Optional.empty();
  private long number = -1;
  private String raw = "";
  private boolean ended;

  /** Whether the first element of a file without any item ends. */
  private boolean isClosed = true;

  /**
   * @param beginning returns how items are read, given what stands in the file before the first one
   */
  XmlRecords(Input input, XmlItems items, Function<Element, Interpreter> beginning) {
    this.input = input;
    this.items = items;
    this.beginning = beginning;
    slicer = new RecordSlicer(input.bytes(), items, input.limits().recordBytes());
  }

  @Override
  public Optional<Outcome> next() throws IOException {
    while (!ended) {
      Element inside = nested.poll();
      if (inside != null) {
        number++;
        Optional<Outcome> outcome = outcome(inside);
        if (outcome.isPresent()) {
          return outcome;
        }
      } else if (!slicer.next()) {
        ended = true;
        return number < 0 && !isClosed ? cutOff() : Optional.empty();
      } else if (items.isItem()) {
        number++;
        Optional<Outcome> outcome = slice();
        if (outcome.isPresent()) {
          return outcome;
        }
      } else if (interpreter == null) {
        Optional<Outcome> outcome = beginning();
        if (outcome.isPresent()) {
          return outcome;
        }
      }
    }
    return Optional.empty();
  }

  /** Reads what stands before the first item. */
  private Optional<Outcome> beginning() {
    String prolog =
        slicer.tooLarge()
            ? Utf8.decoded(slicer.head(), 0, slicer.head().length)
            : Utf8.decoded(slicer.buffer(), slicer.start(), slicer.end());
    if (Xml.declaresNestedEntities(prolog)) {
      ended = true;
      number = 0;
      return rejected(
          Reason.MALFORMED, "The document declares entities that stand for other entities", prolog);
    }
    encoding = Xml.declaredEncoding(prolog);
    Decoded decoded =
        slicer.tooLarge()
            ? Decoded.of("")
            : Xml.decoded("The beginning", slicer.buffer(), slicer.start(), slicer.end(), encoding);
    String text = decoded.isFaulty() ? prolog : decoded.text();
    Element before = parsed(text).orElseGet(() -> new Document(""));
    Element root = before.firstElementChild();
    isClosed = root != null && text.contains("</" + root.tagName()) || text.strip().endsWith("/>");
    interpreter = beginning.apply(before);
    return Optional.empty();
  }

  private static Optional<Document> parsed(String xml) {
    try {
      return Optional.of(Markup.xml(xml));
    } catch (Markup.TooComplexException e) {
      return Optional.empty();
    }
  }

  private Optional<Outcome> cutOff() {
    number = 0;
    return rejected(
        Reason.DAMAGED_FILE, "The file ends before the first <%s>".formatted(items.item()), raw);
  }

  private Optional<Outcome> slice() {
    if (slicer.tooLarge()) {
      return rejected(
          Reason.TOO_LARGE,
          "The item has %d bytes; the limit is %d"
              .formatted(slicer.size(), input.limits().recordBytes()),
          Utf8.raw(slicer.head(), 0, slicer.head().length));
    }
    raw = Utf8.raw(slicer.buffer(), slicer.start(), slicer.end());
    Decoded xml = Xml.decoded("The item", slicer.buffer(), slicer.start(), slicer.end(), encoding);
    if (xml.isFaulty()) {
      return rejected(Reason.NOT_TEXT, xml.detail(), raw);
    }
    Document parsed;
    try {
      parsed = Markup.xml(xml.text());
    } catch (Markup.TooComplexException e) {
      return rejected(Reason.TOO_LARGE, e.getMessage(), raw);
    }
    Element element = parsed.firstElementChild();
    List<Element> inside = Xml.all(element, items.item());
    inside.forEach(Element::remove);
    nested.addAll(inside);
    // Where one item was never closed, the others stand inside it; only the last one is cut off.
    if (!items.isWhole() && inside.isEmpty()) {
      return rejected(
          Reason.DAMAGED_FILE, "The file ends before the end of <%s>".formatted(items.item()), raw);
    }
    return outcome(element);
  }

  private Optional<Outcome> outcome(Element element) {
    try {
      return interpreter
          .read(element)
          .map(facts -> facts.outcomeOrHeadline(new Origin(input.file(), number), () -> raw));
    } catch (Markup.TooComplexException e) {
      return rejected(Reason.TOO_LARGE, e.getMessage(), raw);
    }
  }

  private Optional<Outcome> rejected(Reason reason, String detail, String shown) {
    return Optional.of(new Rejected(new Origin(input.file(), number), reason, detail, shown));
  }

  @Override
  public long number() {
    return Math.max(0, number);
  }

  @Override
  public void close() throws IOException {
    slicer.close();
  }
}
