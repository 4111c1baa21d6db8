package org.demarche.speaker;

/**
 * Finds the entity that a source names, if the name is the head of the phrase and not a part of it.
 */
final class NamedHeads {

  private final Words words;
  private final Entities entities;
  private final NounPhrases phrases;
  private final Antecedents antecedents;

  NamedHeads(Words words, Entities entities, NounPhrases phrases, Antecedents antecedents) {
    this.words = words;
    this.entities = entities;
    this.phrases = phrases;
    this.antecedents = antecedents;
  }

  /** Returns the entity whose name is the head of the phrase, people first, or null. */
  Entity head(int from, int to) {
    Entity body = null;
    Entity person = null;
    boolean appositionOpen = false;
    for (int i = from; i < to; i++) {
      Mention mention = entities.mention(i);
      if (mention == null || mention.from() != i && i != from) {
        continue;
      }
      Entity entity = entity(i, from, to, mention);
      if (entity == null) {
        i = Math.max(i, mention.to() - 1);
        continue;
      }
      int end = Math.min(mention.to(), to);
      boolean sorted = entity.form() != Mention.Form.PERSON && sortFollows(end, to);
      if (sorted || standsAsHead(from, to, Math.max(from, mention.outerFrom()), end)) {
        if (!entity.isBody()) {
          if (person == null) {
            person = entity;
          }
        } else if (body == null && person == null) {
          body = entity;
          appositionOpen = end < to && words.isComma(end);
        } else if (appositionOpen && body != null && body.form() == Mention.Form.PLACE) {
          body = entity;
        }
      }
      i = end - 1;
    }
    return person != null ? person : body;
  }

  /** Returns who is named beside a description: "Okonjo, [the mayor of Vell],", or null. */
  Entity apposition(int from, int to) {
    boolean opens = words.has(from, WordLists.DETERMINER) || words.isNumber(from);
    if (!opens || words.is(from, "his") || words.is(from, "her")) {
      return null;
    }
    if (from >= 2 && words.isComma(from - 1) && words.sentence(from - 2) == words.sentence(from)) {
      Entity before = entities.entity(from - 2);
      if (before != null
          && antecedents.isPersonal(before)
          && to < words.size()
          && words.isPunctuation(to)) {
        return before;
      }
    }
    if (to + 1 < words.size() && words.isComma(to) && words.has(to - 1, WordLists.ROLE)) {
      Mention behind = entities.mention(to + 1);
      Entity named = entities.entity(to + 1);
      if (named != null
          && !named.isBody()
          && behind.to() < words.size()
          && words.isPunctuation(behind.to())) {
        return named;
      }
    }
    return null;
  }

  /**
   * Returns the entity of a mention. A word that opens a sentence becomes a name if it is a source.
   */
  private Entity entity(int i, int from, int to, Mention mention) {
    Entity entity = entities.entity(i);
    if (entity != null) {
      return entity;
    }
    boolean whole = from == mention.outerFrom() && to == mention.to();
    if (!whole || mention.size() > 1 || phrases.looksPlural(i)) {
      return null;
    }
    int bits = words.bits(i);
    if ((bits
            & (WordLists.GROUP
                | WordLists.ROLE
                | WordLists.BODY_NOUN
                | WordLists.DOCUMENT
                | WordLists.NATIONALITY))
        != 0) {
      return null;
    }
    return entities.createFor(mention);
  }

  private boolean standsAsHead(int from, int to, int start, int end) {
    // Only words that describe the name may go before.
    if (start > from) {
      int before = start - 1;
      if (words.has(before, WordLists.PREPOSITION) && words.isLower(before)) {
        return false;
      }
      for (int i = from; i < start; i++) {
        if (words.is(i, "who") || words.is(i, "which") || words.is(i, "that")) {
          return false;
        }
        if (words.has(i, WordLists.PREPOSITION)
            && words.isLower(i)
            && !phrases.commaBetween(i, start)
            && !isTitleWithPreposition(from, i, start)) {
          return false;
        }
      }
    }
    if (end >= to) {
      return true;
    }
    if (words.isPossessive(end)) {
      // "Okonjo's" and "Okonjo's letter" mean Okonjo; "Okonjo's aide" is somebody else.
      return end + 1 >= to || words.isPunctuation(end + 1) || documentFollows(end + 1, to);
    }
    if (words.isPunctuation(end)) {
      return words.first(end) != '-' && words.first(end) != '/';
    }
    return words.has(end, WordLists.FUNCTION) || documentFollows(end, to);
  }

  /** Returns whether a role runs up to the name: "chief of defence staff Alma Quill". */
  private boolean isTitleWithPreposition(int from, int preposition, int start) {
    if (words.has(from, WordLists.DETERMINER) || !words.has(preposition - 1, WordLists.ROLE)) {
      return false;
    }
    for (int i = preposition + 1; i < start; i++) {
      if (!words.isLower(i) || words.has(i, WordLists.ROLE | WordLists.FUNCTION)) {
        return false;
      }
    }
    return start > preposition + 1;
  }

  /** Returns whether a noun for the sort of organization follows: "the Vell Courier newspaper". */
  private boolean sortFollows(int from, int to) {
    int head = from < to && words.isLower(from) ? phrases.nounAt(from, to) : -1;
    return head >= 0 && head - from <= 1 && words.has(head, WordLists.SORT);
  }

  private boolean documentFollows(int from, int to) {
    int head = phrases.nounAt(from, to);
    return head >= 0 && words.has(head, WordLists.DOCUMENT);
  }
}
