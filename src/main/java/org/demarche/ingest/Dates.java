package org.demarche.ingest;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses the dates of news collections: ISO 8601, seconds or milliseconds since 1970, dates of mail
 * headers (RFC 1123) and of newspapers ({@code Sept. 18, 2012, 9:08 a.m. EDT}).
 *
 * <p>A time without an offset is in UTC; a date without a time means 00:00. An ambiguous date, such
 * as 04/05/2016, is not accepted.
 */
final class Dates {

  private static final int LONGEST = 64;

  private static final Pattern BASIC =
      Pattern.compile("(\\d{4})(\\d\\d)(\\d\\d)t(\\d\\d)(\\d\\d)(\\d\\d)?(z|[+-]\\d\\d:?\\d\\d|)");

  private static final String[] MONTH_NAMES = {
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december"
  };

  private static final String[] DAY_NAMES = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
  };

  /**
   * How the months begin in German, French, Spanish, Italian, Portuguese, Dutch and the languages
   * of Scandinavia, where not as in English.
   */
  private static final Map<String, Integer> OTHER_MONTHS = otherMonths();

  private static Map<String, Integer> otherMonths() {
    String[] months = {
      "januar janvier janv enero ene gennaio gen janeiro januari",
      "februar février févr fév febrero febbraio fevereiro fev februari",
      "märz mär mars marzo março maart mrt marts",
      "avril avr abril abr aprile",
      "mai mayo maggio mag maio mei maj",
      "juni juin junio giugno giu junho",
      "juli juillet juil julio luglio lug julho",
      "août aout agosto ago augustus augusti",
      "septembre septiembre settembre set setembro",
      "oktober okt octobre octubre ottobre ott outubro out",
      "novembre noviembre novembro",
      "dezember dez décembre déc diciembre dic dicembre dezembro"
    };
    Map<String, Integer> names = new HashMap<>();
    for (int i = 0; i < months.length; i++) {
      for (String name : months[i].split(" ")) {
        names.put(name, i);
      }
    }
    return Map.copyOf(names);
  }

  /** Minutes east of Greenwich. */
  private static final Map<String, Integer> ZONES =
      Map.ofEntries(
          Map.entry("z", 0),
          Map.entry("ut", 0),
          Map.entry("wet", 0),
          Map.entry("west", 60),
          Map.entry("wat", 60),
          Map.entry("eet", 120),
          Map.entry("eest", 180),
          Map.entry("cat", 120),
          Map.entry("sast", 120),
          Map.entry("eat", 180),
          Map.entry("pkt", 300),
          Map.entry("ist", 330), // India; Ireland and Israel print GMT or an offset
          Map.entry("wib", 420),
          Map.entry("hkt", 480),
          Map.entry("sgt", 480),
          Map.entry("awst", 480),
          Map.entry("kst", 540),
          Map.entry("acst", 570),
          Map.entry("acdt", 630),
          Map.entry("aest", 600),
          Map.entry("aedt", 660),
          Map.entry("nzst", 720),
          Map.entry("nzdt", 780),
          Map.entry("utc", 0),
          Map.entry("gmt", 0),
          Map.entry("bst", 60),
          Map.entry("cet", 60),
          Map.entry("cest", 120),
          Map.entry("msk", 180),
          Map.entry("jst", 540),
          Map.entry("edt", -240),
          Map.entry("est", -300),
          Map.entry("et", -300),
          Map.entry("cdt", -300),
          Map.entry("cst", -360),
          Map.entry("mdt", -360),
          Map.entry("mst", -420),
          Map.entry("pdt", -420),
          Map.entry("pst", -480));

  private final String text;
  private int position;
  private int year = -1;
  private int month = -1;
  private int day = -1;
  private int hour = -1;
  private int minute;
  private int second;
  private int nanos;
  private int offsetMinutes;
  private boolean hasOffset;

  /** Whether the zone is printed; after the name of one, an offset may follow. */
  private boolean isZoned;

  private boolean hasHalf;

  private Dates(String text) {
    this.text = text;
  }

  /** Returns the point in time; empty if {@code printed} is no date or an ambiguous one. */
  static Optional<Instant> parse(String printed) {
    String text = printed.strip();
    if (text.isEmpty() || text.length() > LONGEST) {
      return Optional.empty();
    }
    try {
      Dates date = new Dates(hyphened(text.toLowerCase(Locale.ROOT)));
      return date.isNumber() ? number(text) : Optional.ofNullable(date.read());
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns the zone that a date is printed with; empty if {@link #parse} finds none in it. */
  static Optional<ZoneOffset> zone(String printed) {
    Dates date = new Dates(hyphened(printed.strip().toLowerCase(Locale.ROOT)));
    try {
      return !date.isNumber() && date.read() != null && date.isZoned
          ? Optional.of(ZoneOffset.ofTotalSeconds(60 * date.offsetMinutes))
          : Optional.empty();
    } catch (DateTimeException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** Returns the date of ISO 8601 {@code 20240501t160000z} as {@code 2024-05-01t16:00:00z}. */
  private static String hyphened(String text) {
    Matcher basic = BASIC.matcher(text);
    return basic.matches()
        ? "%s-%s-%st%s:%s:%s%s"
            .formatted(
                basic.group(1),
                basic.group(2),
                basic.group(3),
                basic.group(4),
                basic.group(5),
                basic.group(6) == null ? "00" : basic.group(6),
                basic.group(7))
        : text;
  }

  private boolean isNumber() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && c != '.' && !(c == 'e' && i > 0) && !(c == '-' && i == 0)) {
        return false;
      }
    }
    // Two dots make a date: 18.09.2012.
    return text.indexOf('.') == text.lastIndexOf('.');
  }

  /** Reads 20120918, 20120918090800 (GDELT), or seconds, milli- or microseconds since 1970. */
  private static Optional<Instant> number(String text) {
    int length = text.length();
    if (length == 8 || (length == 14 && (text.startsWith("19") || text.startsWith("20")))) {
      long digits = Long.parseLong(text);
      long date = length == 8 ? digits : digits / 1_000_000;
      int time = length == 8 ? 0 : (int) (digits % 1_000_000);
      return Optional.of(
          LocalDateTime.of(
                  (int) (date / 10_000),
                  (int) (date / 100 % 100),
                  (int) (date % 100),
                  time / 10_000,
                  time / 100 % 100,
                  time % 100)
              .toInstant(ZoneOffset.UTC));
    }
    double since = Double.parseDouble(text);
    double size = Math.abs(since);
    // A year or another small number is no time; 1e8 s is in 1973, 1e11 s in the year 5138.
    if (!(size >= 1e8) || size >= 1e17) {
      return Optional.empty();
    }
    double unit = size < 1e11 ? 1e3 : size < 1e14 ? 1 : 1e-3;
    return Optional.of(Instant.ofEpochMilli(Math.round(since * unit)));
  }

  private Instant read() {
    while (position < text.length()) {
      char c = text.charAt(position);
      boolean understood;
      if (isDigit(c)) {
        understood = digits();
      } else if (Character.isLetter(c)) {
        understood = word();
      } else if ((c == '+' || c == '-') && hour >= 0 && !hasOffset) {
        understood = offset();
      } else if (hour >= 0
          && ((c == '(' && text.endsWith(")")) || (c == '[' && text.endsWith("]")))) {
        // The zone is repeated in words.
        position = text.length();
        understood = true;
      } else {
        understood = " ,./|-–".indexOf(c) >= 0;
        position++;
      }
      if (!understood) {
        return null;
      }
    }
    if (year < 1 || year > 9999 || month < 0 || day < 0) {
      return null;
    }
    return LocalDateTime.of(year, month, day, Math.max(0, hour), minute, second, nanos)
        .minusMinutes(offsetMinutes)
        .toInstant(ZoneOffset.UTC);
  }

  private boolean digits() {
    int start = position;
    int value = integer();
    int length = position - start;
    if (length > 4) {
      return false;
    }
    char after = position < text.length() ? text.charAt(position) : ' ';
    if (after == ':' && hour < 0) {
      return time(value);
    }
    boolean dateSeen = year >= 0 || month >= 0 || day >= 0;
    if ((after == '-' || after == '/' || after == '.') && !dateSeen && isDigitAt(position + 1)) {
      return numericDate(value, length, after);
    }
    if (length == 4 && year < 0) {
      year = value;
      return true;
    }
    if (length <= 2 && day < 0) {
      day = value;
      ordinal();
      return true;
    }
    if (length <= 2 && hour < 0 && isHalfOfDay()) {
      hour = value;
      return true;
    }
    return false;
  }

  /** Reads 2012-09-18, 2012/9/18, 18.09.2012, and 18/9/2012 or 9/18/2012 if not ambiguous. */
  private boolean numericDate(int first, int firstLength, char separator) {
    position++;
    int second = integer();
    if (position >= text.length() || text.charAt(position) != separator) {
      return false;
    }
    position++;
    if (!isDigitAt(position)) {
      return false;
    }
    int thirdStart = position;
    int third = integer();
    int thirdLength = position - thirdStart;
    if (firstLength == 4 && thirdLength <= 2) {
      return date(first, second, third);
    }
    if (firstLength > 2 || thirdLength != 4) {
      return false;
    }
    if (separator == '.') {
      return date(third, second, first);
    }
    if (first == second || first > 12) {
      return date(third, second, first);
    }
    return second > 12 && date(third, first, second);
  }

  private boolean date(int year, int month, int day) {
    this.year = year;
    this.month = month;
    this.day = day;
    // In ISO 8601 a T stands between date and time.
    if (position + 1 < text.length() && text.charAt(position) == 't' && isDigitAt(position + 1)) {
      position++;
    }
    return true;
  }

  private boolean time(int hours) {
    hour = hours;
    position++;
    if (!isDigitAt(position)) {
      return false;
    }
    minute = integer();
    if (position < text.length() && text.charAt(position) == ':' && isDigitAt(position + 1)) {
      position++;
      second = integer();
      // java.time has no leap seconds; the second before it is near enough.
      second = second == 60 ? 59 : second;
      if (position < text.length()
          && (text.charAt(position) == '.' || text.charAt(position) == ',')
          && isDigitAt(position + 1)) {
        position++;
        int unit = 100_000_000;
        while (position < text.length() && isDigit(text.charAt(position))) {
          nanos += unit * (text.charAt(position) - '0');
          unit /= 10;
          position++;
        }
      }
    }
    return true;
  }

  private boolean offset() {
    int sign = text.charAt(position) == '-' ? -1 : 1;
    int start = ++position;
    if (!isDigitAt(position)) {
      // A dash between words, as in "9:08 - 18 September".
      return sign < 0;
    }
    int value = integer();
    int length = position - start;
    int minutes;
    if (length == 4) {
      minutes = value / 100 * 60 + value % 100;
    } else if (length <= 2) {
      minutes = value * 60;
      if (position < text.length() && text.charAt(position) == ':' && isDigitAt(position + 1)) {
        position++;
        minutes += integer();
      }
    } else {
      return false;
    }
    offsetMinutes = sign * minutes;
    hasOffset = true;
    isZoned = true;
    return minutes <= 18 * 60;
  }

  private boolean word() {
    int start = position;
    while (position < text.length() && Character.isLetter(text.charAt(position))) {
      position++;
    }
    String word = text.substring(start, position);
    int named = OTHER_MONTHS.getOrDefault(word, named(word, MONTH_NAMES));
    if (named >= 0) {
      boolean first = month < 0;
      month = named + 1;
      return first;
    }
    if (named(word, DAY_NAMES) >= 0) {
      return true;
    }
    Integer zone = ZONES.get(word);
    if (zone != null && hour >= 0) {
      // "GMT+0200" gives the offset after the name, "+0200 CEST" before it.
      if (!hasOffset) {
        offsetMinutes = zone;
        hasOffset = zone != 0;
        isZoned = true;
      }
      return true;
    }
    if (word.equals("am") || word.equals("pm")) {
      return half(word.charAt(0));
    }
    if ((word.equals("a") || word.equals("p")) && text.startsWith(".m", position)) {
      position += 2;
      return half(word.charAt(0));
    }
    return Set.of("at", "on", "of", "de", "den").contains(word);
  }

  /** Returns the index of the name that {@code word} is or abbreviates to three or more letters. */
  private static int named(String word, String[] names) {
    if (word.length() >= 3) {
      for (int i = 0; i < names.length; i++) {
        if (names[i].startsWith(word)) {
          return i;
        }
      }
    }
    return -1;
  }

  private boolean half(char half) {
    if (hour < 1 || hour > 12 || hasHalf) {
      return false;
    }
    hasHalf = true;
    hour = hour % 12 + (half == 'p' ? 12 : 0);
    return true;
  }

  private boolean isHalfOfDay() {
    int i = position;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return text.startsWith("am", i)
        || text.startsWith("pm", i)
        || text.startsWith("a.m", i)
        || text.startsWith("p.m", i);
  }

  private void ordinal() {
    for (String ending : new String[] {"st", "nd", "rd", "th"}) {
      if (text.startsWith(ending, position)) {
        position += 2;
        return;
      }
    }
  }

  /** Reads a run of digits; callers reject a run that is too long, so its value does not matter. */
  private int integer() {
    int value = 0;
    int start = position;
    while (position < text.length() && isDigit(text.charAt(position))) {
      if (position - start < 9) {
        value = value * 10 + (text.charAt(position) - '0');
      }
      position++;
    }
    return value;
  }

  private boolean isDigitAt(int offset) {
    return offset < text.length() && isDigit(text.charAt(offset));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
