package org.demarche.ingest;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a header of WARC or HTTP. Names are compared without case; a line that begins with
 * white space goes on with the one before; of a field that is there several times, the first
 * counts.
 */
final class HeaderFields {

  /** To a value that is longer, no further lines are added. */
  private static final int LONGEST = 8 << 10;

  private final Map<String, String> fields = new HashMap<>();

  HeaderFields(List<String> lines) {
    String name = null;
    for (String line : lines) {
      int colon = line.indexOf(':');
      boolean isFolded = !line.isEmpty() && Character.isWhitespace(line.charAt(0));
      if (isFolded && name != null) {
        fields.merge(
            name, line.strip(), (one, next) -> one.length() > LONGEST ? one : one + " " + next);
      } else if (colon > 0) {
        name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
        if (fields.putIfAbsent(name, line.substring(colon + 1).strip()) != null) {
          name = null;
        }
      }
    }
  }

  /** Returns the value of a field. */
  Optional<String> get(String name) {
    return Optional.ofNullable(fields.get(name));
  }
}
