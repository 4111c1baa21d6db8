package org.demarche.attribution.learned;

import java.util.List;
import org.demarche.language.english.Range;

/**
 * A statement as tags show it, or as a rule found it, in tokens.
 *
 * @param content its pieces in the order of the article, at least one
 * @param cue the words that attribute it, or null
 * @param source the words that name who spoke, or null
 */
record TaggedStatement(List<Range> content, Range cue, Range source) {

  int first() {
    return content.get(0).first();
  }

  int limit() {
    return content.get(content.size() - 1).limit();
  }
}
