package org.demarche.ingest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@link FieldNames} as a tree, to look up the fields of a nested record one level at a time. It
 * caches the names of records, so it belongs to one reader and one thread.
 */
final class FieldTree {

  /** The cache is limited because a hostile file could have new names in every record. */
  private static final int REMEMBERED = 512;

  /**
   * A name of a field.
   *
   * @param rank position among the names of the field, from 0; the lowest rank with a value counts
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

  /** Returns the subtree under {@code name}, or null if no field has it. */
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

  /** Returns the subtree under a name whose dots step into objects, or null. */
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

  /** Returns the fields that a value here fills; empty if only its members fill fields. */
  List<Slot> slots() {
    return slots;
  }

  boolean hasChildren() {
    return !children.isEmpty();
  }
}
