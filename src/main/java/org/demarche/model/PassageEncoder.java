package org.demarche.model;

import java.util.regex.Pattern;
import org.demarche.encoder.Encoder;
import org.demarche.encoder.Encoding;
import org.demarche.stance.Passage;

/**
 * Turns a passage into the dense row that an {@link EncoderHead} scores: the mean of its tokens'
 * vectors, followed by the mean over the target's tokens if targets have places in the text.
 *
 * @param encoder makes the vectors
 * @param placed whether rows have the target's mean beside the text's
 */
public record PassageEncoder(Encoder encoder, boolean placed) {

  /**
   * The tag that SemEval added to every tweet. It has no meaning and only identifies the data set.
   */
  private static final String SEMEVAL_TAG = "#SemST";

  /** Control characters that a BERT tokenizer drops, which would join the words around them. */
  private static final Pattern UNUSUAL_BLANKS = Pattern.compile("[\\x0B\\f\\x1C-\\x1F]");

  /** Returns the row of {@code passage}. */
  public float[] row(Passage passage) {
    // The text keeps its length, so that the target's offsets stay right.
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
