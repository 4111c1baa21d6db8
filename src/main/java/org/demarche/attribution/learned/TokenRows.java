package org.demarche.attribution.learned;

import org.demarche.language.english.AnnotatedText;
import org.demarche.text.Tokens;

/** The features of all tokens of an article as rows of the tagger's weights, for training. */
public final class TokenRows {

  /** How many features each token has. */
  public static final int COUNT = TokenFeatures.COUNT;

  private final Tokens tokens;
  private final int[] rows;
  private final byte[] edges;

  /** Reads the features of an article. */
  public TokenRows(AnnotatedText text, CueShares shares) {
    tokens = text.tokens();
    rows = new int[tokens.size() * COUNT];
    edges = new byte[tokens.size()];
    TokenContext context = new TokenContext(text, shares);
    TokenFeatures features = new TokenFeatures(context);
    for (int i = 0; i < tokens.size(); i++) {
      int[] hashes = features.of(i);
      for (int k = 0; k < COUNT; k++) {
        rows[i * COUNT + k] = Tagger.row(hashes[k]);
      }
      edges[i] = (byte) (i == 0 ? 0 : context.edge(i));
    }
  }

  /** Returns the row of a feature of a token. */
  public int row(int token, int feature) {
    return rows[token * COUNT + feature];
  }

  /** Returns the rows of all tokens. */
  public int[] all() {
    return rows;
  }

  /** Returns the kind of edge between a token and the one before it. */
  public int edge(int token) {
    return edges[token];
  }

  public int paragraphs() {
    return tokens.paragraphs();
  }

  /** Returns the first token of a paragraph. */
  public int first(int paragraph) {
    return tokens.paragraphStart(paragraph);
  }

  /** Returns the token after the last of a paragraph. */
  public int limit(int paragraph) {
    return tokens.paragraphEnd(paragraph);
  }
}
