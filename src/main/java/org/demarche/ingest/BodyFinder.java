package org.demarche.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.demarche.language.english.Dateline;
import org.demarche.text.Span;

/**
 * Finds the article in a text that also holds page furniture: date lines, bylines and the headline
 * above it; sign-offs, counters, notices and links below it.
 *
 * <p>It cuts only lines that it recognises, from the top and from the end, and stops at the first
 * other line, so that doubtful lines stay in the body. A long article costs no more than a short
 * one.
 */
final class BodyFinder {

  /** No page has more lines above its article. */
  private static final int MOST_LINES_ABOVE = 16;

  private static final int LONGEST_HEADLINE = 160;

  /** How many characters of unknown lines may follow a sign-off. */
  private static final int BELOW_SIGN_OFF = 2000;

  /** Longer lines below a sign-off are paragraphs, and the sign-off was not the end. */
  private static final int LONGEST_BELOW = 200;

  private final String text;
  private final String title;
  private int start;
  private int end;
  private String headline;
  private String author;
  private Instant publishedAt;

  private BodyFinder(String text, String title) {
    this.text = text;
    this.title = title;
    this.end = text.length();
    trim();
  }

  /**
   * Finds the body of {@code text}, and what the lines around it say.
   *
   * @param text a text that is not {@link #isBlank blank}
   * @param title the headline that the input gives, or null
   */
  static Page find(String text, String title) {
    BodyFinder finder = new BodyFinder(text, title);
    Span all = new Span(finder.start, finder.end);
    finder.cutAbove();
    finder.cutBelow();
    // A text that is furniture from end to end is its own body.
    Span body = finder.start < finder.end ? new Span(finder.start, finder.end) : all;
    String dateline =
        Dateline.of(text, body.start(), finder.lineEnd(body.start()))
            .map(Dateline::place)
            .orElse(null);
    return new Page(body, finder.headline, dateline, finder.author, finder.publishedAt);
  }

  private void cutAbove() {
    boolean credited = false;
    for (int lines = 0; lines < MOST_LINES_ABOVE && start < end; lines++) {
      int lineEnd = lineEnd(start);
      String line = line(start, lineEnd);
      Optional<CreditLine> credit = line == null ? Optional.empty() : CreditLine.parse(line);
      if (credit.isPresent()) {
        credited = true;
        author = author == null ? credit.get().author() : author;
        publishedAt = publishedAt == null ? credit.get().publishedAt() : publishedAt;
      } else if (line != null && isTitle(line)) {
        credited = false;
      } else if (line != null
          && title == null
          && headline == null
          && looksLikeHeadline(line)
          && (credited || isBeforeDateline(lineEnd))) {
        headline = line;
        credited = false;
      } else if (line == null || !Furniture.is(line)) {
        return;
      }
      start = lineEnd;
      trim();
    }
  }

  /** Returns whether the letters and digits of {@code line} are those of the title. */
  private boolean isTitle(String line) {
    if (title == null || line.length() > title.length() + 8) {
      return false;
    }
    int i = 0;
    int j = 0;
    while (true) {
      while (i < line.length() && !Character.isLetterOrDigit(line.charAt(i))) {
        i++;
      }
      while (j < title.length() && !Character.isLetterOrDigit(title.charAt(j))) {
        j++;
      }
      if (i == line.length() || j == title.length()) {
        return i == line.length() && j == title.length();
      }
      if (Character.toLowerCase(line.charAt(i)) != Character.toLowerCase(title.charAt(j))) {
        return false;
      }
      i++;
      j++;
    }
  }

  /** Returns whether the line is short and does not end like a sentence. */
  private static boolean looksLikeHeadline(String line) {
    if (line.length() > LONGEST_HEADLINE) {
      return false;
    }
    int last = line.length() - 1;
    while (last > 0 && "”’\"')".indexOf(line.charAt(last)) >= 0) {
      last--;
    }
    char c = line.charAt(last);
    return c != '.' && c != ',' && c != ':';
  }

  private boolean isBeforeDateline(int lineEnd) {
    int next = lineEnd;
    while (next < end && Character.isWhitespace(text.charAt(next))) {
      next++;
    }
    return next < end && Dateline.of(text, next, lineEnd(next)).isPresent();
  }

  private void cutBelow() {
    cutFurnitureBelow();
    cutAtSignOff();
    cutFurnitureBelow();
    cutSignOffInLine();
  }

  private void cutFurnitureBelow() {
    while (start < end) {
      int lineStart = lineStart(end);
      String line = line(lineStart, end);
      // The first line is kept even if it looks like furniture.
      if (line == null || lineStart <= start || !Furniture.is(line)) {
        return;
      }
      noteAuthors(line);
      end = lineStart;
      trim();
    }
  }

  /** Cuts at a sign-off that only short unknown lines follow. */
  private void cutAtSignOff() {
    int lineEnd = end;
    while (lineEnd > start && end - lineEnd < BELOW_SIGN_OFF) {
      int lineStart = lineStart(lineEnd);
      String line = text.substring(lineStart, lineEnd).strip();
      if (lineStart > start && !line.isEmpty() && Furniture.isSignOff(line)) {
        noteAuthors(line);
        end = lineStart;
        trim();
        return;
      }
      if (line.length() > LONGEST_BELOW) {
        return;
      }
      lineEnd = lineStart - 1;
    }
  }

  /** Cuts a sign-off that ends the last paragraph: {@code … he said. (Reporting by ANN LEE)}. */
  private void cutSignOffInLine() {
    if (start < end && text.charAt(end - 1) == ')') {
      int open = text.lastIndexOf('(', end);
      if (open > start && Furniture.isSignOff(text.substring(open, end))) {
        noteAuthors(text.substring(open, end));
        end = open;
        trim();
      }
    }
  }

  /** Takes the authors from a sign-off, without the editors, unless a byline stood above. */
  private void noteAuthors(String signOff) {
    if (author != null || !Furniture.isSignOff(signOff)) {
      return;
    }
    List<String> names = new ArrayList<>();
    for (String part : signOff.replace(", Editing", "; Editing").split(";")) {
      int by = part.indexOf(" by ");
      String work = by < 0 ? "" : part.substring(0, by);
      if (work.contains("riting") || work.contains("eporting") || work.contains("ritten")) {
        String those = CreditLine.names(part.substring(by + 4));
        if (those != null) {
          names.add(those);
        }
      }
    }
    author = names.isEmpty() ? null : String.join(", ", names);
  }

  /** Returns the line without white space around it; null if it is too long to be furniture. */
  private String line(int from, int to) {
    return to - from > 400 ? null : text.substring(from, to).strip();
  }

  private int lineEnd(int from) {
    int newline = text.indexOf('\n', from);
    return newline < 0 || newline > end ? end : newline;
  }

  private int lineStart(int to) {
    return text.lastIndexOf('\n', to - 1) + 1;
  }

  private void trim() {
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
  }

  /** Returns whether {@code text} has nothing but white space, no-break spaces included. */
  static boolean isBlank(String text) {
    return text.chars().allMatch(c -> isSpace((char) c));
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || c == '\u00a0' || c == '\uFEFF';
  }
}
