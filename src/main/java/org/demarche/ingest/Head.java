package org.demarche.ingest;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The first bytes of a file, decompressed, by which its format is recognised. */
final class Head {

  /** The name of the first element of XML or HTML, behind declarations and comments. */
  private static final Pattern ROOT =
      Pattern.compile(
          "\\s*+(?:<\\?.{0,2000}?\\?>\\s*+|<!--.*?-->\\s*+|<!DOCTYPE[^\\[>]*+(?:\\[.*?\\]\\s*+)?>\\s*+)*+"
              + "<(?:[\\w.-]++:)?([\\w.-]++)",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final byte[] bytes;
  private final FieldNames fields;
  private final String text;

  Head(byte[] bytes, FieldNames fields) {
    this.bytes = bytes;
    this.fields = fields;
    this.text = Utf8.decoded(bytes, 0, bytes.length);
  }

  byte[] bytes() {
    return bytes;
  }

  /** Returns the bytes as text; characters that are not UTF-8 are U+FFFD. */
  String text() {
    return text;
  }

  /** Returns the names that the fields of an article may have. */
  FieldNames fields() {
    return fields;
  }

  /**
   * Returns the name of the first element in lower case and without a prefix, such as {@code rss};
   * empty if the bytes are not the beginning of XML or HTML.
   */
  String root() {
    // Some servers print warnings before the document, on lines of their own.
    int start = text.indexOf("\n<?xml");
    Matcher root = ROOT.matcher(start > 0 ? text.substring(start) : text);
    return root.lookingAt() ? root.group(1).toLowerCase(Locale.ROOT) : "";
  }
}
