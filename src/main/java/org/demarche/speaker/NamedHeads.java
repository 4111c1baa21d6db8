package org.demarche.speaker;

import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Nouns;

/**
 * Finds the entity that a source names, if the name is the head of the phrase and not a part of it.
 */
final class NamedHeads {

  private final AnnotatedText text;
  private final Entities entities;
  private final Nouns nouns;
  private final Antecedents antecedents;

  NamedHeads(AnnotatedText text, Entities entities, Nouns nouns, Antecedents antecedents) {
    this.text = text;
    this.entities = entities;
    this.nouns = nouns;
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
      boolean sorted =
          entity.form() != Mention.Form.PERSON
              && entity.form() != Mention.Form.PLACE
              && sortFollows(end, to);
      if (sorted || standsAsHead(from, to, Math.max(from, mention.outerFrom()), end)) {
        if (!entity.isBody()) {
          if (person == null) {
            person = entity;
          }
        } else if (body == null && person == null) {
          body = entity;
          appositionOpen = end < to && text.is(end, ',');
        } else if (appositionOpen && body != null && body.form() == Mention.Form.PLACE) {
          body = entity;
        }
      }
      i = end - 1;
    }
    return person != null ? person : behind(from, to) != null ? behind(from, to) : body;
  }

  /**
   * Returns who is named right behind the organization of a role, or null: "director at the Vell
   * Foundation Ana Dray".
   */
  private Entity behind(int from, int to) {
    Mention last = entities.mention(to - 1);
    if (last == null || last.from() <= from + 2 || text.isDeterminer(from)) {
      return null;
    }
    Entity named = entities.entity(to - 1);
    int before = last.outerFrom() - 1;
    boolean adjacent = text.isUpper(before) || text.is(before, ')');
    if (named == null || named.form() != Mention.Form.PERSON || !adjacent) {
      return null;
    }
    int role = from;
    while (role < before && !(text.isLower(role) && text.has(role, Lexicon.PREPOSITION))) {
      role++;
    }
    return role > from && text.has(role - 1, Lexicon.ROLE) ? named : null;
  }

  /** Returns who is named beside a description: "Okonjo, [the mayor of Vell],", or null. */
  Entity apposition(int from, int to) {
    boolean opens = text.isDeterminer(from) || text.isNumber(from);
    if (!opens || text.is(from, "his", "her")) {
      return null;
    }
    if (from >= 2 && text.is(from - 1, ',') && text.sameSentence(from - 2, from)) {
      Entity before = entities.entity(from - 2);
      if (before != null
          && antecedents.isPersonal(before)
          && to < text.size()
          && (text.isPunctuation(to)
              || opensSentence(from - 2) && antecedents.isBeforeContent(from))) {
        return before;
      }
    }
    if (to + 1 < text.size() && text.is(to, ',') && text.has(to - 1, Lexicon.ROLE)) {
      Mention behind = entities.mention(to + 1);
      Entity named = entities.entity(to + 1);
      if (named != null
          && !named.isBody()
          && behind.to() < text.size()
          && text.isPunctuation(behind.to())) {
        return named;
      }
    }
    return null;
  }

  /** Returns whether the sentence opens with the name at the word: "Meanwhile, Okonjo". */
  private boolean opensSentence(int name) {
    int before = entities.mention(name).outerFrom() - 1;
    return before < 2
        || !text.sameSentence(before, name)
        || text.is(before, ',') && !text.sameSentence(before - 2, name);
  }

  /**
   * Returns the entity of a mention. A word that opens a sentence becomes a name if it is a source.
   */
  private Entity entity(int i, int from, int to, Mention mention) {
    Entity entity = entities.entity(i);
    if (entity != null) {
      return entity;
    }
    boolean whole =
        from == mention.outerFrom()
            && (to == mention.to() || to > mention.to() && text.is(mention.to(), ','));
    if (!whole || mention.size() > 1 || nouns.looksPlural(i)) {
      return null;
    }
    long bits = text.classes(i);
    if ((bits
            & (Lexicon.GROUP
                | Lexicon.ROLE
                | Lexicon.BODY_NOUN
                | Lexicon.DOCUMENT
                | Lexicon.NATIONALITY))
        != 0) {
      return null;
    }
    return entities.createFor(mention);
  }

  private boolean commaBetween(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.is(i, ',')) {
        return true;
      }
    }
    return false;
  }

  private boolean standsAsHead(int from, int to, int start, int end) {
    // Only words that describe the name may go before.
    if (start > from) {
      int before = start - 1;
      if (text.has(before, Lexicon.PREPOSITION) && text.isLower(before)) {
        return false;
      }
      for (int i = from; i < start; i++) {
        if (text.is(i, "who", "which", "that")) {
          return false;
        }
        if (text.has(i, Lexicon.PREPOSITION)
            && text.isLower(i)
            && !commaBetween(i, start)
            && !isTitleWithPreposition(from, i, start)) {
          return false;
        }
      }
    }
    if (end >= to) {
      return true;
    }
    if (text.isPossessive(end)) {
      // "Okonjo's" and "Okonjo's letter" mean Okonjo; "Okonjo's aide" is somebody else.
      return end + 1 >= to || text.isPunctuation(end + 1) || documentFollows(end + 1, to);
    }
    if (text.isPunctuation(end)) {
      return text.first(end) != '-' && text.first(end) != '/';
    }
    // "her Facebook page" is hers.
    return text.has(end, Lexicon.FUNCTION)
        || !text.is(from, "his", "her", "their", "my", "our") && documentFollows(end, to);
  }

  /** Returns whether a role runs up to the name: "chief of defence staff Alma Quill". */
  private boolean isTitleWithPreposition(int from, int preposition, int start) {
    if (text.isDeterminer(from) || !text.has(preposition - 1, Lexicon.ROLE)) {
      return false;
    }
    for (int i = preposition + 1; i < start; i++) {
      if (!text.isLower(i) || text.has(i, Lexicon.ROLE | Lexicon.FUNCTION)) {
        return false;
      }
    }
    return start > preposition + 1;
  }

  /** Returns whether a noun for the sort of organization follows: "the Vell Courier newspaper". */
  private boolean sortFollows(int from, int to) {
    int head = from < to && text.isLower(from) ? nouns.nounAt(from, to) : -1;
    return head >= 0 && head - from <= 1 && text.has(head, Lexicon.SORT);
  }

  /**
   * Returns whether a document of the one before it follows; "a Twitter account" is not Twitter's.
   */
  private boolean documentFollows(int from, int to) {
    int head = nouns.nounAt(from, to);
    return head >= 0
        && text.has(head, Lexicon.DOCUMENT)
        && !text.is(from - 1, "facebook", "twitter", "youtube", "instagram", "tiktok", "reddit");
  }
}
