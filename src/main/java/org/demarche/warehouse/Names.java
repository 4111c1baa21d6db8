package org.demarche.warehouse;

import java.util.Collection;
import java.util.List;

/** Joins several names into the text of one column, separated by {@code "; "}, and splits it. */
public final class Names {

  private static final String BETWEEN = "; ";

  private Names() {}

  /** Returns {@code names} as one text, or null if there are none. */
  public static String join(Collection<String> names) {
    return names.isEmpty() ? null : String.join(BETWEEN, names);
  }

  /** Returns the names in {@code text}; none if it is null. */
  public static List<String> split(String text) {
    return text == null ? List.of() : List.of(text.split(BETWEEN));
  }
}
