package org.demarche.attribution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.demarche.language.english.AnnotatedText;

/**
 * Finds statements by rules, the most precise first: transcripts, quotations with a cue, reported
 * speech, then the quotations that are left. {@link Rule} lists the rules and their precision.
 *
 * <p>Uses neither a parser nor a trained model, so that an article gives the same statements on
 * every machine. Safe to share between threads.
 */
public final class RuleStatementFinder implements StatementFinder {

  @Override
  public List<Statement> find(AnnotatedText text) {
    StatementBoard board = new StatementBoard(text);
    new TurnRules(board).run();
    new DirectRules(board).run();
    new IndirectRules(board).run();
    new LeftOverQuotes(board).run();
    List<Statement> statements = new ArrayList<>(board.drafts.size());
    for (StatementDraft draft : board.drafts) {
      statements.add(statement(board, draft));
    }
    statements.sort(Comparator.comparing(Statement::extent));
    return statements;
  }

  private static Statement statement(StatementBoard board, StatementDraft draft) {
    return Statement.of(
        board.text,
        draft.content(),
        draft.cue(),
        draft.source(),
        draft.rule().toString(),
        draft.rule().precision());
  }
}
