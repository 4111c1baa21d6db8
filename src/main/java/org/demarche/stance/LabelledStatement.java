package org.demarche.stance;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * What a model is trained on: a passage and the label a reader gave it.
 *
 * @param id names the row in its file; never blank
 * @param group rows of one group (an article, a family of variants) stay in one fold; the id where
 *     the file has no group
 * @param passage what was read
 * @param label name of a label of the scale in question
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
