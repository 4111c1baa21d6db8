package org.demarche.ingest;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.demarche.ingest.Utf8.Decoded;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/**
 * Reads XML as it comes: tags that do not match, bare ampersands and unknown entities do no harm.
 * Nothing is loaded from outside, and entities that a document declares are not expanded.
 *
 * <p>Names of elements are compared in lower case and without prefix.
 */
final class Xml {

  private static final Pattern ENCODING =
      Pattern.compile("<\\?xml[^>]{0,200}?encoding\\s*=\\s*[\"']([\\w.:-]{2,40})[\"']");

  private static final Pattern ENTITY =
      Pattern.compile("<!ENTITY\\s+[\\w.:-]+\\s+(\"[^\"]*\"|'[^']*')");

  private static final Pattern REFERENCE = Pattern.compile("&[A-Za-z_][\\w.:-]*;");

  private Xml() {}

  /** Returns the encoding that the beginning of a document declares, if it is one of bytes. */
  static Optional<Charset> declaredEncoding(String prolog) {
    Matcher declared = ENCODING.matcher(prolog);
    return declared.find() ? Encodings.ofWeb(declared.group(1)) : Optional.empty();
  }

  /**
   * Decodes bytes: as UTF-8 if they are valid in it, whatever is declared; else as declared.
   *
   * @param what what the bytes are, for the fault
   */
  static Decoded decoded(
      String what, byte[] bytes, int start, int end, Optional<Charset> declared) {
    String text = new String(bytes, start, end - start, StandardCharsets.UTF_8);
    if (text.indexOf('\uFFFD') < 0 || Encodings.isUtf8(bytes, start, end)) {
      return Decoded.of(text);
    }
    if (declared.isPresent()) {
      return Decoded.of(new String(bytes, start, end - start, declared.get()));
    }
    return Utf8.read(what, bytes, start, end);
  }

  /**
   * Returns whether a document declares entities that stand for other entities, as those do that
   * are to fill a reader's memory.
   */
  static boolean declaresNestedEntities(String prolog) {
    Matcher entity = ENTITY.matcher(prolog);
    while (entity.find()) {
      if (REFERENCE.matcher(entity.group(1)).find()) {
        return true;
      }
    }
    return false;
  }

  /** Returns the children of this name; none if there is no parent. */
  static List<Element> children(Element parent, String name) {
    return parent == null
        ? List.of()
        : parent.children().stream().filter(child -> MarkupText.name(child).equals(name)).toList();
  }

  /** Returns the first child of this name, or null. */
  static Element child(Element parent, String name) {
    return children(parent, name).stream().findFirst().orElse(null);
  }

  /** Returns the first element of this name anywhere inside, or null. */
  static Element find(Element parent, String name) {
    return parent == null
        ? null
        : parent.stream()
            .filter(element -> element != parent && MarkupText.name(element).equals(name))
            .findFirst()
            .orElse(null);
  }

  /** Returns all elements of this name inside. */
  static List<Element> all(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    if (parent != null) {
      parent.stream()
          .filter(element -> element != parent && MarkupText.name(element).equals(name))
          .forEach(found::add);
    }
    return found;
  }

  /** Returns the text of an element on one line, or null. */
  static String text(Element element) {
    return element == null ? null : element.text();
  }

  /** Returns an attribute, or null. */
  static String attribute(Element element, String name) {
    return element == null || !element.hasAttr(name) ? null : element.attr(name);
  }

  /** Returns the language that an element or one around it has, or null. */
  static String language(Element element) {
    if (element == null) {
      return null;
    }
    Elements around = element.parents();
    around.add(0, element);
    for (Element each : around) {
      if (each.hasAttr("xml:lang")) {
        return each.attr("xml:lang");
      }
    }
    return null;
  }
}
