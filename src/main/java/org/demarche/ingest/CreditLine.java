package org.demarche.ingest;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A line above or below an article that says only when it was published or who wrote it: {@code
 * September 18, 2012 / 9:08 AM / in 5 years}, {@code By ANN LEE | 2 March 2016}.
 *
 * @param author the names, joined by commas, or null
 * @param publishedAt the date printed, or null
 */
record CreditLine(String author, Instant publishedAt) {

  private static final int LONGEST = 120;

  private static final int MOST_NAME_WORDS = 14;

  private static final List<String> BEFORE_DATES =
      List.of(
          "first published",
          "last updated",
          "published",
          "updated",
          "posted",
          "created",
          "date",
          "on",
          "at",
          ":");

  /** Reads a line; returns empty if it says anything else. */
  static Optional<CreditLine> parse(String line) {
    if (line.length() > LONGEST) {
      return Optional.empty();
    }
    String author = null;
    String date = null;
    String time = "";
    int start = 0;
    while (start <= line.length()) {
      int end = pieceEnd(line, start);
      String piece = line.substring(start, end).strip();
      start = end + 1;
      if (piece.isEmpty()) {
        continue;
      }
      String stamp = afterWords(piece.toLowerCase(Locale.ROOT));
      if (isByline(piece)) {
        author = names(piece.substring(3));
      } else if (Dates.parse(stamp).isPresent() && hasMonth(stamp)) {
        date = date == null ? stamp : date;
      } else if (isTime(stamp)) {
        time = time.isEmpty() ? stamp : time;
      } else if (!isAge(stamp) && !Furniture.isCounter(stamp)) {
        return Optional.empty();
      }
    }
    if (author == null && date == null) {
      return Optional.empty();
    }
    Instant at = null;
    if (date != null) {
      String day = date;
      at = Dates.parse(date + " " + time).or(() -> Dates.parse(day)).orElse(null);
    }
    return Optional.of(new CreditLine(author, at));
  }

  /** Pieces are separated by bars, bullets, and slashes or dashes between spaces. */
  private static int pieceEnd(String line, int start) {
    for (int i = start; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean alone =
          i > 0 && i + 1 < line.length() && line.charAt(i - 1) == ' ' && line.charAt(i + 1) == ' ';
      if (c == '|' || c == '•' || c == '·' || (alone && (c == '/' || c == '-' || c == '–'))) {
        return i;
      }
    }
    return line.length();
  }

  private static String afterWords(String piece) {
    String rest = piece;
    boolean cut = true;
    while (cut) {
      cut = false;
      for (String word : BEFORE_DATES) {
        if (rest.startsWith(word)) {
          rest = rest.substring(word.length()).strip();
          cut = true;
        }
      }
    }
    return rest;
  }

  /** A bare number may be anything; a date has letters, hyphens or slashes. */
  private static boolean hasMonth(String stamp) {
    return stamp.chars().anyMatch(c -> Character.isLetter(c) || c == '-' || c == '/');
  }

  private static boolean isTime(String stamp) {
    int colon = stamp.indexOf(':');
    return colon >= 1 && colon <= 2 && Dates.parse("2000-01-01 " + stamp).isPresent();
  }

  /** Returns whether {@code stamp} is like {@code in 5 years} or {@code 3 hours ago}. */
  private static boolean isAge(String stamp) {
    boolean framed = stamp.startsWith("in ") || stamp.endsWith(" ago");
    if (!framed || stamp.length() > 24) {
      return false;
    }
    for (String unit : new String[] {"year", "month", "week", "day", "hour", "minute"}) {
      if (stamp.contains(unit)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether the piece is "By" followed only by names and small words between them. */
  private static boolean isByline(String piece) {
    if (piece.length() < 6 || !(piece.startsWith("By ") || piece.startsWith("BY "))) {
      return false;
    }
    String[] words = piece.substring(3).strip().split("[\\s,]+");
    if (words.length < 2 || words.length > MOST_NAME_WORDS) {
      return false;
    }
    int capitals = 0;
    for (String word : words) {
      if (Character.isUpperCase(word.charAt(0))) {
        capitals++;
      } else if (!List.of("and", "of", "for", "the", "in", "de", "van", "von", "der", "al", "&")
          .contains(word)) {
        return false;
      }
      if (word.chars().anyMatch(Character::isDigit)) {
        return false;
      }
    }
    return capitals >= 2;
  }

  /**
   * Returns the names in {@code ANN LEE in Rome and Bo Day} without places, joined by commas; null
   * if none is left.
   */
  static String names(String printed) {
    List<String> names = new ArrayList<>();
    boolean afterPlace = false;
    for (String part : printed.replace(" and ", ",").replace(" AND ", ",").split(",")) {
      String name = part.strip();
      int place = name.indexOf(" in ");
      if (place > 0) {
        name = name.substring(0, place);
      }
      while (name.endsWith(".") || name.endsWith(")")) {
        name = name.substring(0, name.length() - 1).strip();
      }
      // "Ann Lee in Paris, Texas": a second word makes it a name again.
      if (!name.isEmpty() && !(afterPlace && name.indexOf(' ') < 0)) {
        names.add(name);
      }
      afterPlace = place > 0;
    }
    return names.isEmpty() ? null : String.join(", ", names);
  }
}
