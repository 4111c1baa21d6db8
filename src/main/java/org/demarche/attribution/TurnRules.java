package org.demarche.attribution;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.demarche.language.english.Range;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * Attributes the turns of transcripts and interviews: paragraphs that start with who speaks, as in
 * {@code MOOR: …}, {@code Senator MOOR (Place): …}, {@code [00:01:15] MOOR: …}, {@code **Moor:** …}
 * and {@code MOOR – …}.
 *
 * <p>Other paragraphs start so, too ({@code UPDATE: …}). Those of a transcript take turns: a label
 * comes back, and different labels follow one another.
 */
final class TurnRules {

  private static final int LONGEST_LABEL = 14;

  private final StatementBoard board;
  private final Tokens tokens;

  /** One turn: who speaks, the mark behind, and what is said. */
  private record Turn(int paragraph, Range speaker, int mark, Range said) {}

  TurnRules(StatementBoard board) {
    this.board = board;
    this.tokens = board.tokens;
  }

  void run() {
    List<Turn> turns = new ArrayList<>();
    for (int paragraph = 0; paragraph < tokens.paragraphs(); paragraph++) {
      board.text.checkTime();
      Turn turn = turn(paragraph);
      if (turn != null) {
        turns.add(turn);
      }
    }
    if (takeTurns(turns)) {
      for (Turn turn : turns) {
        Range mark = new Range(turn.mark(), turn.mark() + 1);
        board.add(new StatementDraft(Rule.TURN, turn.said(), mark, turn.speaker()));
      }
    }
  }

  private boolean takeTurns(List<Turn> turns) {
    Set<String> labels = new HashSet<>();
    int changes = 0;
    Turn last = null;
    for (Turn turn : turns) {
      labels.add(label(turn));
      if (last != null
          && turn.paragraph() - last.paragraph() <= 2
          && !label(turn).equals(label(last))) {
        changes++;
      }
      last = turn;
    }
    return labels.size() >= 2 && labels.size() < turns.size() && changes * 2 >= turns.size();
  }

  /** Returns the last word of who speaks, which stays when the title or first name goes. */
  private String label(Turn turn) {
    return tokens.string(turn.speaker().limit() - 1).toLowerCase(Locale.ROOT);
  }

  private Turn turn(int paragraph) {
    int limit = tokens.paragraphEnd(paragraph);
    int first = behindTime(tokens.paragraphStart(paragraph), limit);
    while (first < limit && (tokens.is(first, Type.QUOTE) || tokens.is(first, Type.SYMBOL))) {
      first++;
    }
    int mark = markBehind(first, limit);
    if (mark <= first) {
      return null;
    }
    int said = mark + 1;
    while (said < limit && tokens.is(said, Type.SYMBOL)) {
      said++;
    }
    boolean answer = said + 1 < limit;
    return answer ? new Turn(paragraph, speaker(first, mark), mark, new Range(said, limit)) : null;
  }

  /** Returns the token behind a time before the label, or {@code first} if none stands there. */
  private int behindTime(int first, int limit) {
    int at = first;
    while (at < limit && tokens.is(at, Type.SYMBOL)) {
      at++; // **10:42** MOOR: …
    }
    if (at + 2 < limit
        && tokens.is(at, Type.NUMBER)
        && board.text.is(at + 1, ':')
        && tokens.is(at + 2, Type.NUMBER)) {
      while (at < limit && (tokens.is(at, Type.NUMBER) || board.text.is(at, ':'))) {
        at++;
      }
      return at;
    }
    if (!board.text.is(first, '[') && !board.text.is(first, '(')) {
      return first;
    }
    at = first + 1;
    while (at < limit && at < first + 8 && (tokens.is(at, Type.NUMBER) || board.text.is(at, ':'))) {
      at++;
    }
    boolean closed = at < limit && (board.text.is(at, ']') || board.text.is(at, ')'));
    return closed && at > first + 1 ? at + 1 : first;
  }

  /** Returns the colon or dash behind the label that starts at {@code first}, or −1. */
  private int markBehind(int first, int limit) {
    boolean capitals = true;
    int depth = 0;
    for (int i = first; i < Math.min(limit, first + LONGEST_LABEL); i++) {
      if (depth == 0 && (board.text.is(i, ':') || capitals && tokens.is(i, Type.DASH))) {
        return i;
      }
      depth += board.text.is(i, '(') ? 1 : board.text.is(i, ')') ? -1 : 0;
      boolean word = tokens.is(i, Type.WORD);
      if (i == first && !tokens.capitalised(i)
          || word && depth == 0 && board.text.isFinite(i)
          || !word && !tokens.is(i, Type.PUNCTUATION) && !tokens.is(i, Type.NUMBER)) {
        return -1;
      }
      capitals &= !word || board.text.isCapitals(i);
    }
    return -1;
  }

  /** Returns the label without what is in brackets, or the name in brackets behind an office. */
  private Range speaker(int first, int mark) {
    int open = first;
    while (open < mark && !board.text.is(open, '(')) {
      open++;
    }
    if (open == mark || open == first) {
      return new Range(first, mark);
    }
    if (tokens.is(first, "the") && open + 2 < mark && board.text.is(mark - 1, ')')) {
      return new Range(open + 1, mark - 1);
    }
    return new Range(first, open);
  }
}
