package org.demarche.ingest;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The names that the fields of an article have in a collection.
 *
 * <p>Names are compared without case, {@code _}, {@code -} and spaces, so that {@code publishedAt}
 * equals {@code published_at}. A dot steps into an object: {@code source.name}. If a record has
 * several names of a field, the first in the list that holds a value counts.
 *
 * @param names the names of each field, the likeliest first; every field has an entry
 */
public record FieldNames(Map<Field, List<String>> names) implements Serializable {

  public FieldNames {
    // Map.copyOf keeps no order, which messages show.
    Map<Field, List<String>> copy = new EnumMap<>(Field.class);
    for (Field field : Field.values()) {
      List<String> those = names.get(field);
      if (those == null || those.isEmpty() || those.stream().anyMatch(String::isBlank)) {
        throw new IllegalArgumentException(
            "Field '%s' needs at least one name, none of them blank, but has %s"
                .formatted(field.key(), those));
      }
      copy.put(field, List.copyOf(those));
    }
    names = copy;
  }

  /** Returns the names that collections commonly use. */
  public static FieldNames guesses() {
    return new FieldNames(
        Arrays.stream(Field.values()).collect(Collectors.toMap(f -> f, Field::guesses)));
  }

  /**
   * Returns the given names followed by these.
   *
   * @param first {@link Field#key()} to the names to look for first
   * @throws IllegalArgumentException if a key is not that of a field
   */
  public FieldNames with(Map<String, List<String>> first) {
    Map<Field, List<String>> all = new EnumMap<>(names);
    first.forEach(
        (key, those) -> {
          List<String> joined = new ArrayList<>(those);
          Set<String> taken =
              those.stream().map(FieldNames::folded).collect(Collectors.toCollection(HashSet::new));
          for (String name : names.get(field(key))) {
            if (taken.add(folded(name))) {
              joined.add(name);
            }
          }
          all.put(field(key), joined);
        });
    return new FieldNames(all);
  }

  private static Field field(String key) {
    return Arrays.stream(Field.values())
        .filter(field -> field.key().equals(key))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is not a field of an article; the fields are %s"
                        .formatted(
                            key,
                            Arrays.stream(Field.values())
                                .map(Field::key)
                                .collect(Collectors.joining(", ")))));
  }

  /** Returns {@code name} as it is compared: lower case, without {@code _}, {@code -}, spaces. */
  static String folded(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    String lower = name.toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c != '_' && c != '-' && !Character.isWhitespace(c) && c != '\uFEFF') {
        folded.append(c);
      }
    }
    return folded.toString();
  }
}
