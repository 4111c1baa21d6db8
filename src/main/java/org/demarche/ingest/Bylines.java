package org.demarche.ingest;

import java.util.Arrays;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.commons.lang3.StringUtils;

/** Takes the names out of bylines. */
final class Bylines {

  private static final Pattern BY =
      Pattern.compile("^(?:written by|posted by|reported by|by)[\\s:]+", Pattern.CASE_INSENSITIVE);

  /** What a page prints behind the names. */
  private static final Pattern BEHIND =
      Pattern.compile(
          "\\s*(?:[|•·]|\\b(?:Published|Updated|Posted|Last updated|\\d{1,2}:\\d\\d)\\b).*",
          Pattern.DOTALL);

  private static final Pattern BETWEEN =
      Pattern.compile("\\s*(?:\\R|;|,|\\s(?:and|und|et|y|e|og|och|&)\\s)\\s*");

  /** Of a longer line only so many characters are read. */
  private static final int LONGEST = 1_000;

  private Bylines() {}

  /** Returns the names in a byline that a page prints, joined by commas; null if there are none. */
  static String names(String printed) {
    if (printed == null) {
      return null;
    }
    String names =
        Arrays.stream(
                BETWEEN.split(
                    BEHIND
                        .matcher(StringUtils.truncate(printed.strip(), LONGEST))
                        .replaceFirst("")))
            .map(Bylines::of)
            .filter(Objects::nonNull)
            .distinct()
            .collect(Collectors.joining(", "));
    return names.isEmpty() ? null : names;
  }

  /**
   * Returns a byline on one line, without "By" and without marks around it; null if it is blank.
   */
  static String of(String printed) {
    if (printed == null) {
      return null;
    }
    String line = BY.matcher(StringUtils.normalizeSpace(printed)).replaceFirst("");
    return StringUtils.trimToNull(StringUtils.strip(line, " ,;|-–—·•"));
  }
}
