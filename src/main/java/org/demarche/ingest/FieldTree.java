package org.demarche.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link FieldNames} laid out for looking up, one level of a nested record at a time.
 *
 * <p>Remembers the names it met, so it belongs to one reader and one thread.
 */
final class FieldTree {

  /** A hostile file could hold a new name in every record; what is remembered stays small. */
  private static final int REMEMBERED = 512;

  /**
   * A name of a field.
   *
   * @param rank place among the field's names, from 0; the least that holds a value counts
   */
  record Slot(Field field, int rank, String name) {}

  private final List<Slot> slots = new ArrayList<>(1);
  private final Map<String, FieldTree> children = new HashMap<>();
  private final Map<String, FieldTree> met = new HashMap<>();

  private FieldTree() {}

  static FieldTree of(FieldNames names) {
    FieldTree root = new FieldTree();
    names
        .names()
        .forEach(
            (field, those) -> {
              for (int rank = 0; rank < those.size(); rank++) {
                FieldTree place = root;
                for (String step : those.get(rank).split("\\.")) {
                  place =
                      place.children.computeIfAbsent(
                          FieldNames.folded(step), any -> new FieldTree());
                }
                place.slots.add(new Slot(field, rank, those.get(rank)));
              }
            });
    return root;
  }

  /** Returns what stands under {@code name}, or null where nobody asks for it. */
  FieldTree at(String name) {
    FieldTree known = met.get(name);
    if (known != null || met.containsKey(name)) {
      return known;
    }
    FieldTree found = children.get(FieldNames.folded(name));
    if (met.size() < REMEMBERED) {
      met.put(name, found);
    }
    return found;
  }

  /** Returns what stands under a name in which a dot steps down, or null. */
  FieldTree atPath(String name) {
    if (name.indexOf('.') < 0) {
      return at(name.strip());
    }
    FieldTree place = this;
    for (String step : name.strip().split("\\.")) {
      place = place == null ? null : place.at(step);
    }
    return place;
  }

  /** The fields that a value here fills; empty where only its members do. */
  List<Slot> slots() {
    return slots;
  }

  boolean hasChildren() {
    return !children.isEmpty();
  }
}
