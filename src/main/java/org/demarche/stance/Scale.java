package org.demarche.stance;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/**
 * A named list of labels, each with a value.
 *
 * @param name such as {@code stance}; lower-case letters, digits and hyphens
 * @param labels two or more labels with distinct names
 */
public record Scale(String name, List<Label> labels) implements Serializable {

  public Scale {
    if (!name.matches("[a-z0-9][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "Scale name '%s' must be lower case letters, digits and hyphens".formatted(name));
    }
    labels = List.copyOf(labels);
    if (labels.size() < 2) {
      throw new IllegalArgumentException(
          "Scale '%s' needs two labels or more, but has %s".formatted(name, labels));
    }
    HashSet<String> seen = new HashSet<>();
    for (Label label : labels) {
      if (!seen.add(label.name())) {
        throw new IllegalArgumentException(
            "Scale '%s' has the label '%s' twice".formatted(name, label.name()));
      }
    }
  }

  /** Returns the number of labels, {@code >= 2}. */
  public int size() {
    return labels.size();
  }

  /** Returns the index of the label with that name, or −1 if there is none. */
  public int indexOf(String label) {
    for (int i = 0; i < labels.size(); i++) {
      if (labels.get(i).name().equals(label)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns the names of the labels in order. */
  public List<String> labelNames() {
    return labels.stream().map(Label::name).toList();
  }

  /** Returns the values of the labels in order. */
  public double[] values() {
    return labels.stream().mapToDouble(Label::value).toArray();
  }

  /** Returns the smallest and the largest value, {@code [low, high]}. */
  public double[] range() {
    double[] sorted = values();
    Arrays.sort(sorted);
    return new double[] {sorted[0], sorted[sorted.length - 1]};
  }
}
