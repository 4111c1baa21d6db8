package org.demarche.attribution;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.demarche.language.english.Range;

/** A statement that a rule has found, in tokens. Its content can still grow. */
final class StatementDraft {

  private final Rule rule;
  private final List<Range> content = new ArrayList<>(1);
  private final Range cue;
  private final Range source;

  /**
   * @param cue the words that attribute, or null if only the layout does
   * @param source the words that name who spoke, or null if none do
   */
  StatementDraft(Rule rule, Range content, Range cue, Range source) {
    this.rule = requireNonNull(rule, "rule is null");
    this.content.add(requireNonNull(content, "content is null"));
    this.cue = cue;
    this.source = source;
  }

  /** Adds to the content. Only {@link StatementBoard#extend} may call this: it notes the tokens. */
  void append(Range more) {
    content.add(requireNonNull(more, "more is null"));
  }

  Rule rule() {
    return rule;
  }

  /** Returns the stretches of the content, in the order in which they were found. */
  List<Range> content() {
    return Collections.unmodifiableList(content);
  }

  Range cue() {
    return cue;
  }

  Range source() {
    return source;
  }
}
