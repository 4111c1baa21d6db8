package org.demarche.text;

import java.io.Serializable;

/**
 * A half-open stretch {@code [start, end)} of an article's text.
 *
 * <p>Offsets count UTF-16 code units, as {@link String#charAt} does. Spans sort by start, then end.
 *
 * @param start offset of the first character, {@code >= 0}
 * @param end offset after the last character, {@code > start}
 */
public record Span(int start, int end) implements Comparable<Span>, Serializable {

  public Span {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(
          "Span must satisfy 0 <= start < end, but was [%d, %d)".formatted(start, end));
    }
  }

  /** Returns the number of characters, {@code > 0}. */
  public int length() {
    return end - start;
  }

  /** Returns whether the two spans share at least one character. */
  public boolean overlaps(Span other) {
    return start < other.end && other.start < end;
  }

  /** Returns whether every character of {@code other} lies in this span. */
  public boolean contains(Span other) {
    return start <= other.start && other.end <= end;
  }

  /** Returns whether the character at {@code offset} lies in this span. */
  public boolean contains(int offset) {
    return start <= offset && offset < end;
  }

  /** Returns the same stretch as it counts from {@code offset} on, which is not after its start. */
  public Span minus(int offset) {
    return new Span(start - offset, end - offset);
  }

  /** Returns the characters of {@code text} that this span addresses. */
  public String of(String text) {
    return text.substring(start, end);
  }

  @Override
  public int compareTo(Span other) {
    return start != other.start
        ? Integer.compare(start, other.start)
        : Integer.compare(end, other.end);
  }

  /** Reads what {@link #toString} prints. */
  public static Span parse(String text) {
    int dash = text.indexOf('-');
    return new Span(
        Integer.parseInt(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
  }

  /** Prints as {@code 120-180}, the form of the {@code fragments} column. */
  @Override
  public String toString() {
    return start + "-" + end;
  }
}
