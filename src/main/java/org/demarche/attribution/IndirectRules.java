package org.demarche.attribution;

import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.text.Tokens;

/**
 * Attributes reported speech that is not a quotation. In each sentence the cues that follow their
 * clause go first, because they are the more certain; the other cues take what is left.
 */
final class IndirectRules {

  private static final long CUE_WORDS =
      Lexicon.NOUN_CUE | Lexicon.HEARSAY | Lexicon.HEDGE | Lexicon.UNSURE;

  private final StatementBoard board;
  private final Tokens tokens;
  private final AnnotatedText text;

  IndirectRules(StatementBoard board) {
    this.board = board;
    this.tokens = board.tokens;
    this.text = board.text;
  }

  void run() {
    ContentEnds ends = new ContentEnds(board);
    for (int sentence = 0; sentence < tokens.sentences(); sentence++) {
      text.checkTime();
      int floor = text.behindDateline(tokens.sentenceStart(sentence));
      int ceiling = tokens.sentenceEnd(sentence);
      int first = firstCue(floor, ceiling);
      if (first < ceiling) {
        CueAfterClause after = new CueAfterClause(board, ends, floor, ceiling);
        for (int i = first; i < ceiling; i++) {
          if (isCue(i) && isFree(i)) {
            after.read(i);
          }
        }
        CueBeforeComplement before = new CueBeforeComplement(board, ends, floor, ceiling);
        for (int i = first; i < ceiling; i++) {
          if (isCue(i) && isFree(i)) {
            before.read(i);
          }
        }
      }
    }
  }

  private int firstCue(int floor, int ceiling) {
    int first = floor;
    while (first < ceiling && !isCue(first)) {
      first++;
    }
    return first;
  }

  private boolean isCue(int token) {
    return text.isCueForm(token)
        || text.has(token, CUE_WORDS)
        || text.is(token, "according", "words")
        || text.is(token, CueAfterClause.VIEWS);
  }

  private boolean isFree(int token) {
    return !text.isQuoted(token) && !board.isTaken(token) && !board.isCue(token);
  }
}
