package org.demarche.stance;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * What a model reads: a statement's text and, where the stance is about something, the target and
 * its place in the text.
 *
 * @param text the words of the statement
 * @param target name of the target, or null when the scale is read without one
 * @param targetStart offset of the target's mention in {@code text}, or −1 when it has no place
 * @param targetEnd offset after the mention, or −1
 */
public record Passage(String text, String target, int targetStart, int targetEnd)
    implements Serializable {

  public Passage {
    requireNonNull(text, "text is null");
    boolean placed = targetStart >= 0 && targetStart < targetEnd && targetEnd <= text.length();
    boolean unplaced = targetStart == -1 && targetEnd == -1;
    if (!placed && !unplaced) {
      throw new IllegalArgumentException(
          "Target '%s' cannot be at [%d, %d) of a text of %d characters"
              .formatted(target, targetStart, targetEnd, text.length()));
    }
  }

  /** Returns the passage {@code text} without a target. */
  public static Passage of(String text) {
    return new Passage(text, null, -1, -1);
  }

  /** Returns the passage {@code text} about {@code target}, wherever it is mentioned. */
  public static Passage about(String text, String target) {
    return new Passage(text, target, -1, -1);
  }

  /** Returns whether the target has a place in the text. */
  public boolean hasTargetPlace() {
    return targetStart >= 0;
  }
}
