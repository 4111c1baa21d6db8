package org.demarche.attribution;

import java.util.ArrayList;
import java.util.List;

/** A statement while its rule is at work, in tokens. */
final class StatementDraft {
  final Rule rule;
  final List<Range> content = new ArrayList<>();

  /** Null where only the layout attributes. */
  final Range cue;

  /** Null where nobody is named. */
  final Range source;

  StatementDraft(Rule rule, Range content, Range cue, Range source) {
    this.rule = rule;
    this.content.add(content);
    this.cue = cue;
    this.source = source;
  }

  StatementDraft and(Range more) {
    content.add(more);
    return this;
  }
}
