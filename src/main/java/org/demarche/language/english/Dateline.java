package org.demarche.language.english;

import java.util.Optional;
import java.util.Set;

/**
 * The dateline of a report: the place that it was filed from, often with date and agency, before a
 * dash, as in {@code GENEVA, March 3 (Agency) - The …}. It is part of no statement and names
 * nobody.
 *
 * @param place the place without date and agency
 * @param end the offset behind the dash
 */
public record Dateline(String place, int end) {

  private static final int LONGEST = 90;

  private static final int MOST_WORDS = 4;

  /** Words in capitals that stand before a dash but are no places. */
  private static final Set<String> NO_PLACES =
      Set.of(
          ("EXCLUSIVE BREAKING UPDATE UPDATED CORRECTED CORRECTION WATCH VIDEO "
                  + "OPINION ANALYSIS REPORT LIVE EDITORIAL COMMENT FACTBOX NEWS "
                  + "WORLDWIDE PHOTOS POLL REVIEW INTERVIEW")
              .split(" "));

  /** Returns the dateline of the paragraph from {@code start} to {@code end}, if it has one. */
  public static Optional<Dateline> of(String text, int start, int end) {
    if (start >= end || !Character.isUpperCase(text.charAt(start))) {
      return Optional.empty();
    }
    int dash = dash(text, start, Math.min(end, start + LONGEST));
    if (dash < 0) {
      return Optional.empty();
    }
    String head = text.substring(start, dash).strip();
    int agency = head.indexOf('(');
    if (agency >= 0) {
      if (agency == 0 || !head.endsWith(")")) {
        return Optional.empty();
      }
      head = head.substring(0, agency).strip();
    }
    String[] parts = head.split(",");
    String city = parts[0].strip();
    if (!isCity(city)) {
      return Optional.empty();
    }
    StringBuilder place = new StringBuilder(city);
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      if (part.isEmpty() || part.length() > 30 || !Character.isUpperCase(part.charAt(0))) {
        if (part.matches("\\d{4}")) {
          break;
        }
        return Optional.empty();
      }
      if (part.chars().anyMatch(Character::isDigit)) {
        break;
      }
      place.append(", ").append(part);
    }
    return Optional.of(new Dateline(place.toString(), behindDash(text, dash)));
  }

  /** Returns the offset of the first long dash, "--" or hyphen between spaces; −1 if none. */
  private static int dash(String text, int start, int end) {
    for (int i = start + 3; i < end - 1; i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '.' && i + 2 < end && text.charAt(i + 1) == ' ' && isWord(text, i)) {
        return -1;
      }
      if (c == '—' || c == '–' || c == '―') {
        return i;
      }
      if (c == '-'
          && (text.charAt(i + 1) == '-'
              || (text.charAt(i - 1) == ' ' && text.charAt(i + 1) == ' '))) {
        return i;
      }
    }
    return -1;
  }

  private static int behindDash(String text, int dash) {
    return text.startsWith("--", dash) ? dash + 2 : dash + 1;
  }

  /** Returns whether the letters before a full stop are a word, not an abbreviation ("Calif"). */
  private static boolean isWord(String text, int stop) {
    int i = stop - 1;
    while (i >= 0 && Character.isLetter(text.charAt(i))) {
      i--;
    }
    return stop - i > 6;
  }

  private static boolean isCity(String city) {
    int letters = 0;
    int words = 1;
    for (int i = 0; i < city.length(); i++) {
      char c = city.charAt(i);
      if (Character.isLetter(c)) {
        letters++;
        if (!Character.isUpperCase(c)) {
          return false;
        }
      } else if (c == ' ') {
        words++;
      } else if (c != '.' && c != '\'' && c != '’' && c != '-' && c != '/') {
        return false;
      }
    }
    return letters >= 3 && words <= MOST_WORDS && !NO_PLACES.contains(city.split(" ")[0]);
  }
}
