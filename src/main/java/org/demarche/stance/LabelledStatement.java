package org.demarche.stance;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * A passage and the label that a reader gave it; models are trained and evaluated on these.
 *
 * @param id names the row in its file; never blank
 * @param group rows of one group (an article, variants of a sentence) stay in one fold; the id if
 *     the file has no group
 * @param passage what the reader read
 * @param label name of a label of the scale
 */
public record LabelledStatement(String id, String group, Passage passage, String label)
    implements Serializable {

  public LabelledStatement {
    requireNonNull(passage, "passage is null");
    requireNonNull(group, "group is null");
    if (id.isBlank() || label.isBlank()) {
      throw new IllegalArgumentException(
          "A labelled statement needs an id and a label, but has '%s' and '%s'"
              .formatted(id, label));
    }
  }
}
