package org.demarche.model;

import java.util.regex.Pattern;
import org.demarche.encoder.Encoder;
import org.demarche.encoder.Encoding;
import org.demarche.stance.Passage;

/**
 * Turns a passage into the dense row that a classifier on the encoder reads: the mean over all its
 * tokens and, where the scale asks for a target in its place, the mean over the target's tokens
 * beside it.
 */
public final class PassageEncoder {

  /** SemEval's files mark every tweet with it; it says nothing, and tells the set apart. */
  private static final String SEMEVAL_TAG = "#SemST";

  /** White space that a BERT tokenizer drops, which would join the words around it. */
  private static final Pattern UNUSUAL_BLANKS = Pattern.compile("[\\x0B\\f\\x1C-\\x1F]");

  private final Encoder encoder;
  private final boolean placed;

  /**
   * @param placed whether passages may have a target with a place
   */
  public PassageEncoder(Encoder encoder, boolean placed) {
    this.encoder = encoder;
    this.placed = placed;
  }

  public float[] row(Passage passage) {
    // As many blanks, so that the place of a target stays where it is.
    String text = passage.text().replace(SEMEVAL_TAG, " ".repeat(SEMEVAL_TAG.length()));
    Encoding encoding = encoder.encode(UNUSUAL_BLANKS.matcher(text).replaceAll(" "));
    float[] mean = encoding.mean();
    if (!placed) {
      return mean;
    }
    float[] mention =
        passage.hasTargetPlace() ? encoding.mean(passage.targetStart(), passage.targetEnd()) : mean;
    float[] both = new float[mean.length + mention.length];
    System.arraycopy(mean, 0, both, 0, mean.length);
    System.arraycopy(mention, 0, both, mean.length, mention.length);
    return both;
  }
}
