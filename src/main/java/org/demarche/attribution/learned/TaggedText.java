package org.demarche.attribution.learned;

import java.util.List;
import org.demarche.language.english.Range;

/** The tags of an article, and how probable each tag is for each token. */
final class TaggedText {

  final TokenContext context;

  /** The most probable tags in sequence, as ordinals of {@link Tag}. */
  final byte[] tags;

  /** The probability of each tag of each token [token × tags + tag]. */
  final float[] probabilities;

  TaggedText(TokenContext context) {
    this.context = context;
    tags = new byte[context.size];
    probabilities = new float[context.size * TagChain.TAGS];
  }

  float probability(int token, Tag tag) {
    return probabilities[token * TagChain.TAGS + tag.ordinal()];
  }

  /** Returns how probable it is that the token is in a content. */
  float content(int token) {
    return begin(token) + probability(token, Tag.CONTENT_INSIDE);
  }

  /** Returns how probable it is that a piece of content begins with the token. */
  float begin(int token) {
    return probability(token, Tag.CONTENT_BEGIN) + probability(token, Tag.CONTENT_RESUMED);
  }

  /** Returns {@link #content} as the mean of all tokens of a content. */
  double meanContent(List<Range> content) {
    double sum = 0;
    int length = 0;
    for (Range piece : content) {
      for (int i = piece.first(); i < piece.limit(); i++) {
        sum += content(i);
        length++;
      }
    }
    return sum / length;
  }

  float cue(int token) {
    return probability(token, Tag.CUE_BEGIN) + probability(token, Tag.CUE_INSIDE);
  }

  float source(int token) {
    return probability(token, Tag.SOURCE_BEGIN) + probability(token, Tag.SOURCE_INSIDE);
  }
}
