package org.demarche.attribution;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.demarche.text.Article;
import org.demarche.text.Span;
import org.demarche.text.Tokens;

/**
 * Finds statements by rules: quotation marks first, then the precise patterns around them, then
 * reported speech by its cue and complement, at last what quotations are left.
 *
 * <p>Uses words, marks and order alone, no parser and nothing trained, so that the same article
 * gives the same statements anywhere. The rules and how often each is right are in {@link Rule}.
 */
public final class RuleStatementFinder implements StatementFinder {

  private final Lexicon lexicon = new Lexicon();

  @Override
  public List<Statement> find(Article article, Tokens tokens) {
    StatementBoard passage = new StatementBoard(lexicon, tokens);
    new LabelRules(passage).run();
    new DirectRules(passage).run();
    new IndirectRules(passage).run();
    new LeftOverQuotes(passage).run();
    List<Statement> statements = new ArrayList<>(passage.drafts.size());
    for (StatementDraft draft : passage.drafts) {
      statements.add(statement(passage, draft));
    }
    statements.sort(Comparator.comparing(Statement::extent));
    return statements;
  }

  private static Statement statement(StatementBoard passage, StatementDraft draft) {
    return new Statement(
        passage.kind(draft.content),
        draft.content.size() == 1
            ? List.of(span(passage.tokens, draft.content.get(0)))
            : draft.content.stream().map(range -> span(passage.tokens, range)).sorted().toList(),
        draft.cue == null ? null : span(passage.tokens, draft.cue),
        draft.source == null ? null : span(passage.tokens, draft.source),
        draft.rule.toString(),
        draft.rule.precision());
  }

  private static Span span(Tokens tokens, Range range) {
    return tokens.span(range.first(), range.limit());
  }
}
