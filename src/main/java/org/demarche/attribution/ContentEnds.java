package org.demarche.attribution;

import static org.demarche.language.english.Lexicon.ADVERB;
import static org.demarche.language.english.Lexicon.CONJUNCTION;
import static org.demarche.language.english.Lexicon.DETERMINER;
import static org.demarche.language.english.Lexicon.ING;
import static org.demarche.language.english.Lexicon.PAST;
import static org.demarche.language.english.Lexicon.PREPOSITION;
import static org.demarche.language.english.Lexicon.PRESENT;
import static org.demarche.language.english.Lexicon.SUBJECT;
import static org.demarche.language.english.Lexicon.SUBORDINATOR;
import static org.demarche.language.english.Lexicon.WH;

import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Quote;
import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * Finds where reported content ends: with its sentence, or before a mark or a word that ends such
 * content more often than not. This was counted in the training articles of PolNeAR: a comma before
 * a verb in -ing, for instance, ends four of five noun phrases and every second clause.
 */
final class ContentEnds {

  private final StatementBoard board;
  private final Tokens tokens;
  private final AnnotatedText text;

  ContentEnds(StatementBoard board) {
    this.board = board;
    this.tokens = board.tokens;
    this.text = board.text;
  }

  /**
   * Returns the token after the clause that starts at {@code first}.
   *
   * @param verb the cue; "and" with a second verb of the same form ends its clause
   */
  int clauseEnd(int first, int ceiling, int verb) {
    return end(first, ceiling, verb, true);
  }

  /** Returns the token after the noun phrase or infinitive that starts at {@code first}. */
  int phraseEnd(int first, int ceiling, int verb) {
    return end(first, ceiling, verb, false);
  }

  /**
   * Returns the end of a clause that is part of a noun phrase: before the second verb, which
   * belongs to the sentence ("rumours that he had left were denied").
   */
  int relativeEnd(int first, int limit) {
    int verb = verbAt(first, limit);
    while (verb < limit && (text.isQuoted(verb) || text.isFinite(verb) || text.has(verb, ADVERB))) {
      verb++;
    }
    return beforeVerb(verb, limit);
  }

  /**
   * Returns the end of a noun phrase or participle that is part of the subject of a sentence:
   * before its verb ("a clerk accused of theft has left").
   */
  int beforeVerb(int first, int limit) {
    int verb = verbAt(first, limit);
    while (verb < limit
        && text.has(verb - 1, SUBJECT | WH | SUBORDINATOR | CONJUNCTION | Lexicon.THAT)) {
      verb = verbAt(verb + 1, limit);
    }
    while (verb > first && verb < limit && (text.is(verb - 1, ',') || text.has(verb - 1, ADVERB))) {
      verb--;
    }
    return verb;
  }

  private int verbAt(int first, int limit) {
    int verb = Math.min(first, limit);
    while (verb < limit
        && (text.isQuoted(verb) || !text.isFinite(verb) || text.has(verb - 1, Lexicon.TO))) {
      verb++;
    }
    return verb;
  }

  private int end(int first, int ceiling, int verb, boolean clause) {
    boolean dependent = isDependent(verb);
    boolean said = !clause; // whether the part of the clause before "and" has its verb
    for (int i = first; i < ceiling; i++) {
      if (board.isTaken(i) || board.isCue(i)) {
        return i;
      }
      Quote quote = text.quoteAt(i);
      if (quote != null) {
        i = Math.max(i, quote.limit() - 1);
        continue;
      }
      if (text.isFinite(i)) {
        said = true;
      } else if (text.is(i, ',') && !tokens.is(i + 1 < ceiling ? i + 1 : i, "and")
          || text.has(i, Lexicon.THAT)
          || text.has(i, SUBORDINATOR) && !tokens.is(i, "while")) {
        said = false;
      }
      if (i == first || i + 1 >= ceiling) {
        continue;
      }
      if (text.is(i, '(')) {
        i = closing(i, ceiling);
        continue;
      }
      if (text.is(i, ')')
          || text.is(i, ';')
          || text.is(i, ',')
              && (dependent && opensMainClause(i + 1) || endsAtComma(i + 1, ceiling, clause))
          || text.has(i, CONJUNCTION) && endsAtConjunction(i, ceiling, verb, clause)
          || (tokens.is(i, "while") || said && text.is(i, "and", "but"))
              && startsOtherSource(i + 1, ceiling)
          || clause && text.is(i, ',') && tokens.is(i + 1, "with") && isReporting(i + 2, ceiling)) {
        return i;
      }
      if (!clause
          && (tokens.is(i, Type.DASH)
              || text.has(i, PREPOSITION | SUBORDINATOR) && board.phrases.isManner(i)
              || endsPhrase(i))) {
        return i;
      }
    }
    return ceiling;
  }

  private int closing(int open, int ceiling) {
    for (int i = open + 1; i < ceiling; i++) {
      if (text.is(i, ')')) {
        return i;
      }
    }
    return open;
  }

  /** Returns whether the cue is in a clause before the main one: "While he said …, she …". */
  private boolean isDependent(int verb) {
    int first = tokens.sentenceStart(tokens.sentence(verb));
    while (first < verb && tokens.is(first, Type.QUOTE)) {
      first++;
    }
    for (int i = first; i < verb; i++) {
      if (text.is(i, ',')) {
        return false;
      }
    }
    return text.has(first, SUBORDINATOR)
        || tokens.is(first, "despite")
        || tokens.is(verb, "asked") && first == verb
        || (text.is(first, "in", "by") || first == verb) && text.has(verb, ING);
  }

  private boolean opensMainClause(int next) {
    return text.isName(next)
        || text.has(next, SUBJECT | DETERMINER | Lexicon.POSSESSIVE) && !tokens.is(next, "who");
  }

  private boolean endsAtComma(int next, int ceiling, boolean clause) {
    if (text.is(next, "which", "who")) {
      return false; // a relative clause belongs to the content
    }
    if (text.is(next, "according", "while", "whereas")
        || text.has(next, ING)
        || !clause
            && isIng(next)
            && Character.isLowerCase(tokens.first(next))
            && !text.is(next, "including", "during")) {
      return true;
    }
    if (clause) {
      return tokens.is(next, "but") && !(next + 1 < ceiling && tokens.is(next + 1, "that"))
          || text.is(next, "a", "an") && isLastPhrase(next, ceiling);
    }
    return text.has(next, CONJUNCTION) && !tokens.is(next, "or")
        || text.has(next, SUBJECT | DETERMINER)
        || text.has(next, WH | SUBORDINATOR)
        || text.is(next, "with", "even")
        || text.isName(next)
        || isNextVerb(next, ceiling);
  }

  /** Returns whether the same subject has another cue verb: "called it late, said it was long". */
  private boolean isNextVerb(int next, int ceiling) {
    return next + 1 < ceiling
        && text.isCueForm(next)
        && text.has(next, PAST)
        && text.has(next + 1, SUBJECT | DETERMINER | Lexicon.POSSESSIVE | Lexicon.THAT);
  }

  /** Returns whether the sentence ends with a noun phrase that starts here. */
  private boolean isLastPhrase(int first, int ceiling) {
    int limit = Math.min(ceiling, first + 20);
    for (int i = first; i < limit; i++) {
      if (text.is(i, ',') || text.isFinite(i) || text.isQuoted(i)) {
        return false;
      }
    }
    return limit == ceiling;
  }

  /** Returns whether a word of five letters or more ends in "ing". */
  boolean isIng(int token) {
    return tokens.length(token) > 4 && tokens.text().startsWith("ing", tokens.end(token) - 3);
  }

  /** Returns whether a second verb of the main clause follows: "said … and called on …". */
  private boolean endsAtConjunction(int at, int ceiling, int verb, boolean clause) {
    int next = at + 1;
    while (next < ceiling && text.has(next, ADVERB)) {
      next++;
    }
    if (next >= ceiling || tokens.is(at, "or")) {
      return false;
    }
    if (!clause) {
      return tokens.is(at, "but") || text.isFinite(next) && !tokens.capitalised(next);
    }
    return text.isCueForm(next)
        && (text.has(next, PAST) && text.has(verb, PAST) && !text.verb(next).takes('T')
            || text.has(next, PRESENT) && text.has(verb, PRESENT));
  }

  /** Returns whether somebody with a cue verb follows: "Moor said … while Oake called …". */
  private boolean startsOtherSource(int first, int ceiling) {
    boolean noun = text.isName(first) || text.has(first, Lexicon.PEOPLE);
    if (!noun
        && !text.has(first, SUBJECT | DETERMINER | Lexicon.POSSESSIVE)
        && !(tokens.is(first - 1, "while") && text.isNounLike(first))) {
      return false;
    }
    for (int i = first + 1; i < Math.min(ceiling, first + 8); i++) {
      if (text.isFinite(i) && !text.has(i, Lexicon.HAVE)) {
        return text.isCueForm(i)
            && !text.has(i, Lexicon.BE)
            && text.has(i, PAST | PRESENT)
            && !text.verb(i).takes('T');
      }
      if (tokens.is(i, Type.PUNCTUATION) || text.isQuoted(i) || text.has(i, WH)) {
        return false;
      }
    }
    return false;
  }

  /** Returns whether "with" brings another source: ", with Moor saying …". */
  private boolean isReporting(int first, int ceiling) {
    for (int i = first; i < Math.min(ceiling, first + 8) && !tokens.is(i, Type.PUNCTUATION); i++) {
      if (text.isCueForm(i) && text.has(i, ING)) {
        return true;
      }
    }
    return false;
  }

  private boolean endsPhrase(int at) {
    return text.is(at, "after", "while", "because", "when", "until", "although", "though");
  }
}
