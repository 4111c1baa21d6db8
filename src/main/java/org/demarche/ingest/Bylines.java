package org.demarche.ingest;

import java.util.regex.Pattern;
import org.apache.commons.lang3.StringUtils;

/** Takes the names out of bylines. */
final class Bylines {

  private static final Pattern BY =
      Pattern.compile("^(?:written by|posted by|reported by|by)[\\s:]+", Pattern.CASE_INSENSITIVE);

  private Bylines() {}

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
