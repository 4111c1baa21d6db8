package org.demarche.attribution;

import java.util.ArrayList;
import java.util.List;
import org.demarche.language.english.Range;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * Attributes the turns of a transcript: paragraphs that start with a name in capitals and a colon.
 * A single such paragraph is no transcript ({@code UPDATE: …}).
 */
final class LabelRules {

  private static final int FEWEST_TURNS = 2;
  private static final int LONGEST_LABEL = 6;

  private final StatementBoard board;
  private final Tokens tokens;

  LabelRules(StatementBoard board) {
    this.board = board;
    this.tokens = board.tokens;
  }

  void run() {
    List<StatementDraft> turns = new ArrayList<>();
    for (int paragraph = 0; paragraph < tokens.paragraphs(); paragraph++) {
      int first = tokens.paragraphStart(paragraph);
      int limit = tokens.paragraphEnd(paragraph);
      if (tokens.is(first, Type.QUOTE)) {
        first++;
      }
      int colon = labelEnd(first, limit);
      if (colon > first && colon + 2 < limit) {
        turns.add(
            new StatementDraft(
                Rule.LABEL,
                new Range(colon + 1, limit),
                new Range(colon, colon + 1),
                new Range(first, colon)));
      }
    }
    if (turns.size() >= FEWEST_TURNS) {
      turns.forEach(board::add);
    }
  }

  /** Returns the colon after the label that starts at {@code first}, or −1. */
  private int labelEnd(int first, int limit) {
    for (int i = first; i < Math.min(limit, first + LONGEST_LABEL); i++) {
      if (board.text.is(i, ':')) {
        return i;
      }
      if (!board.text.isCapitals(i)) {
        return -1;
      }
    }
    return -1;
  }
}
