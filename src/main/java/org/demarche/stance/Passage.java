package org.demarche.stance;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * What a model reads: the text of a statement and, if its stance is about something, the target and
 * where the text mentions it.
 *
 * @param text the words of the statement
 * @param target name of the target, or null
 * @param targetStart offset of the target's mention in {@code text}, or −1 if unknown
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

  /** Returns a passage without a target. */
  public static Passage of(String text) {
    return new Passage(text, null, -1, -1);
  }

  /** Returns a passage about {@code target} whose mention in the text is unknown. */
  public static Passage about(String text, String target) {
    return new Passage(text, target, -1, -1);
  }

  /** Returns whether the place of the target in the text is known. */
  public boolean hasTargetPlace() {
    return targetStart >= 0;
  }
}
