package org.demarche.ingest;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Node;
import org.jsoup.parser.Parser;
import org.jsoup.parser.StreamParser;
import org.jsoup.select.NodeFilter;

/**
 * Parses HTML and XML, and refuses documents that would hold the parser for hours or fill the
 * memory. All markup of files is parsed here, whatever it was wrapped in.
 */
final class Markup {

  /** No honest document is nested deeper. */
  static final int MOST_DEPTH = 512;

  /** A tree needs some 300 bytes of memory for each tag. */
  static final int MOST_TAGS = 500_000;

  /** HTML with fewer tags costs little whatever its faults; to count them costs a tenth more. */
  static final int HARMLESS_TAGS = 20_000;

  /**
   * The parser mends faults of HTML, and for some of them goes over all elements beside the fault.
   * Of 60 pages of news, the worst had 924 faults.
   */
  static final int MOST_FAULTS = 5_000;

  /** The parser copies the namespaces that are declared for each element. */
  static final int MOST_NAMESPACES = 200;

  private static final Pattern NAMESPACE = Pattern.compile("xmlns:([^\\s=<>]{1,100})");

  /** Thrown instead of a document that is nested too deep or has too many parts. */
  static final class TooComplexException extends RuntimeException {

    private static final long serialVersionUID = 1;

    TooComplexException(String message, int most) {
      super(message.formatted(most));
    }
  }

  /** Lets a check look at what has been parsed before the parser gets more to read. */
  private static final class CheckedReader extends FilterReader {
    private final Runnable check;

    CheckedReader(String text, Runnable check) {
      super(new StringReader(text));
      this.check = check;
    }

    @Override
    public int read(char[] characters, int offset, int length) throws IOException {
      check.run();
      return super.read(characters, offset, length);
    }
  }

  private Markup() {}

  /**
   * Parses a page, or a part of one.
   *
   * @param address what makes addresses in it absolute; empty if unknown
   * @throws TooComplexException if it is nested too deep, or has too many tags or faults
   */
  static Document html(String html, String address) {
    Document document =
        tags(html) <= HARMLESS_TAGS ? Jsoup.parse(html, address) : largeHtml(html, address);
    requireShallow(document);
    return document;
  }

  private static Document largeHtml(String html, String address) {
    Parser parser = Parser.htmlParser().setTrackErrors(MOST_FAULTS + 1);
    Reader reader =
        new CheckedReader(
            html,
            () -> {
              if (parser.getErrors().size() > MOST_FAULTS) {
                throw new TooComplexException("The markup has more than %d faults", MOST_FAULTS);
              }
            });
    return parser.parseInput(reader, address);
  }

  /**
   * Parses XML.
   *
   * @throws TooComplexException if it is nested too deep, or has too many tags or namespaces
   */
  static Document xml(String xml) {
    tags(xml);
    requireFewNamespaces(xml);
    try (StreamParser parser = new StreamParser(Parser.xmlParser())) {
      parser.parse(new CheckedReader(xml, () -> requireShallowEnd(parser.document())), "");
      Document document = parser.complete();
      requireShallow(document);
      return document;
    } catch (IOException e) {
      throw new IllegalStateException("A string cannot be read", e);
    }
  }

  /** Returns how many tags there are, if there are not too many. */
  private static int tags(String markup) {
    int tags = 0;
    for (int at = markup.indexOf('<'); at >= 0; at = markup.indexOf('<', at + 1)) {
      if (++tags > MOST_TAGS) {
        throw new TooComplexException("The markup has more than %d tags", MOST_TAGS);
      }
    }
    return tags;
  }

  private static void requireFewNamespaces(String xml) {
    Set<String> names = new HashSet<>();
    Matcher name = NAMESPACE.matcher(xml);
    while (name.find()) {
      if (names.add(name.group(1)) && names.size() > MOST_NAMESPACES) {
        throw new TooComplexException(
            "The markup declares more than %d namespaces", MOST_NAMESPACES);
      }
    }
  }

  /** Looks only at what was parsed last, where the elements are that are still open. */
  private static void requireShallowEnd(Document unfinished) {
    Node last = unfinished;
    for (int depth = 0; last != null && last.childNodeSize() > 0; depth++) {
      requireDepth(depth);
      last = last.childNode(last.childNodeSize() - 1);
    }
  }

  private static void requireShallow(Document document) {
    document.filter(
        (NodeFilter)
            (node, depth) -> {
              requireDepth(depth);
              return NodeFilter.FilterResult.CONTINUE;
            });
  }

  private static void requireDepth(int depth) {
    if (depth > MOST_DEPTH) {
      throw new TooComplexException("The elements are nested more than %d deep", MOST_DEPTH);
    }
  }
}
