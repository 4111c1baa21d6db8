package org.demarche.warehouse;

import java.util.Collection;
import java.util.List;

/** A column that holds several names as one text, with {@code "; "} between them. */
public final class Names {

  private static final String BETWEEN = "; ";

  private Names() {}

  /** Returns {@code names} as one text, or null where there are none. */
  public static String join(Collection<String> names) {
    return names.isEmpty() ? null : String.join(BETWEEN, names);
  }

  /** Returns the names in {@code text}, none for null. */
  public static List<String> split(String text) {
    return text == null ? List.of() : List.of(text.split(BETWEEN));
  }
}
