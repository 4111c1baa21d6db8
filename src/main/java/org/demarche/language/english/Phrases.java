package org.demarche.language.english;

import static org.demarche.language.english.Lexicon.ADVERB;
import static org.demarche.language.english.Lexicon.BE;
import static org.demarche.language.english.Lexicon.CONJUNCTION;
import static org.demarche.language.english.Lexicon.DETERMINER;
import static org.demarche.language.english.Lexicon.DO;
import static org.demarche.language.english.Lexicon.HAVE;
import static org.demarche.language.english.Lexicon.MODAL;
import static org.demarche.language.english.Lexicon.OBJECT;
import static org.demarche.language.english.Lexicon.OCCASION;
import static org.demarche.language.english.Lexicon.POSSESSIVE;
import static org.demarche.language.english.Lexicon.PREPOSITION;
import static org.demarche.language.english.Lexicon.SUBJECT;
import static org.demarche.language.english.Lexicon.SUBORDINATOR;
import static org.demarche.language.english.Lexicon.THAT;
import static org.demarche.language.english.Lexicon.TIME;
import static org.demarche.language.english.Lexicon.TO;
import static org.demarche.language.english.Lexicon.WH;

import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/** Finds where noun phrases and verb groups begin and end, by the classes of the words. */
public final class Phrases {

  private static final long VERB_GROUP = BE | HAVE | DO | MODAL | ADVERB;

  /** A noun phrase is cut after this many tokens, so that reading it takes bounded time. */
  private static final int LONGEST = 80;

  /** How many tokens before the end of a relative clause its pronoun is looked for. */
  private static final int FARTHEST_RELATIVE = 12;

  private final AnnotatedText text;
  private final Tokens tokens;

  public Phrases(AnnotatedText text) {
    this.text = text;
    this.tokens = text.tokens();
  }

  /** Returns the first token of the verb group that ends with the verb: {@code had also} said. */
  public int verbGroupStart(int verb, int floor) {
    int first = verb;
    while (first > floor && text.has(first - 1, VERB_GROUP) && !text.has(first - 1, TIME)) {
      first--;
    }
    return first;
  }

  /**
   * Returns the noun phrase that ends before {@code limit}, with an apposition or a clause between
   * commas behind it ({@code Moor, the mayor, said}), or null.
   */
  public Range nounPhraseBefore(int limit, int sentence) {
    int floor = Math.max(sentence, limit - LONGEST);
    int end = beforeTime(limit, floor);
    if (end > floor && text.is(end - 1, ',')) {
      Range opening = floor == sentence ? openingPhrase(floor, end - 1) : null;
      if (opening != null) {
        return opening;
      }
      int comma = end - 2;
      int lowest = Math.max(floor, end - 40);
      while (comma > lowest && !text.is(comma, ',')) {
        if (tokens.is(comma, Type.QUOTE) || tokens.is(comma, Type.STOP)) {
          return null;
        }
        comma--;
      }
      if (comma <= lowest) {
        return null;
      }
      Range core = core(comma, floor);
      return core == null ? null : new Range(core.first(), end - 1);
    }
    Range core = core(end, floor);
    return core == null ? null : withHead(core, floor);
  }

  /**
   * Returns the whole phrase where {@code core} only ends a clause that describes its noun: "a
   * driver who hit [a cyclist]", "the man charged with [the theft]"; else {@code core}.
   */
  private Range withHead(Range core, int floor) {
    int at = core.first() - 1;
    if (at > floor + 1
        && text.has(at, PREPOSITION)
        && !text.has(at, SUBORDINATOR)
        && text.isLower(at - 1)
        && Verbs.isInEd(text, at - 1)
        && text.isNounLike(at - 2)
        && !text.has(at - 2, TIME)) {
      Range head = core(at - 1, floor);
      return head == null || verbBefore(head.first() - 1, floor)
          ? core
          : new Range(head.first(), core.limit());
    }
    for (int i = at; i > Math.max(floor, core.first() - FARTHEST_RELATIVE); i--) {
      if (tokens.is(i, Type.PUNCTUATION)
          || tokens.is(i, Type.QUOTE)
          || tokens.is(i, Type.DASH)
          || text.isCueForm(i) && text.verb(i).takes('c') && !leadsToPhrase(i)) {
        break;
      }
      if (text.is(i, "who", "which", "that")) {
        boolean opensWithVerb =
            i < at && !text.has(i + 1, DETERMINER | POSSESSIVE | SUBJECT) && !text.isName(i + 1);
        Range head = opensWithVerb && text.isNounLike(i - 1) ? core(i, floor) : null;
        return head == null ? core : new Range(head.first(), core.limit());
      }
    }
    return core;
  }

  /** Returns whether no clause can follow the cue here: "agreed to speak", "warned of a war". */
  private boolean leadsToPhrase(int cue) {
    int next = cue + 1;
    return text.has(next, TO)
        || text.verb(cue).prepositions().stream()
            .anyMatch(preposition -> tokens.is(next, preposition));
  }

  /** Returns the limit without "on Friday" or "Thursday" before it. */
  private int beforeTime(int limit, int floor) {
    int at = limit;
    while (at > floor + 1 && text.has(at - 1, TIME) && !text.has(at - 1, DETERMINER | POSSESSIVE)) {
      at--;
    }
    if (at == limit) {
      return limit;
    }
    while (at > floor + 1
        && (text.is(at - 1, "on", "in", "this", "last") || text.has(at - 1, ADVERB))) {
      at--;
    }
    boolean subject = text.isNounLike(at - 1) || text.is(at - 1, ',') || text.has(at - 1, SUBJECT);
    return subject ? at : limit;
  }

  /** Returns the noun phrase that is all of the sentence up to a comma, "Moor, who …,", or null. */
  private Range openingPhrase(int floor, int lastComma) {
    for (int comma = floor + 1; comma < lastComma && comma < floor + 16; comma++) {
      if (text.is(comma, ',')) {
        Range core = core(comma, floor);
        boolean whole =
            core != null
                && (core.first() == floor
                    || core.first() == floor + 1 && text.has(floor, CONJUNCTION | ADVERB));
        return whole && !text.has(core.limit() - 1, TIME)
            ? new Range(core.first(), lastComma)
            : null;
      }
      if (text.isFinite(comma) || tokens.is(comma, Type.QUOTE)) {
        return null;
      }
    }
    return null;
  }

  /** Returns the noun phrase without appositions that ends before {@code limit}, or null. */
  private Range core(int limit, int floor) {
    int first = limit;
    int at = limit - 1;
    while (at >= floor) {
      if (text.is(at, ')')) {
        int open = at;
        while (open > floor && !text.is(open, '(')) {
          open--;
        }
        at = open - 1;
        continue;
      }
      if (first == limit && text.has(at, SUBJECT | WH | THAT | OBJECT)) {
        return isPronoun(at) ? new Range(at, limit) : null;
      }
      if (first < limit && (text.has(at, TIME) || isYear(at, floor))) {
        break;
      }
      if (text.is(at, '$') || text.has(at, DETERMINER | POSSESSIVE) && !text.has(at, THAT)) {
        first = at--;
        if (text.has(first, POSSESSIVE) && tokens.first(first) != '\'' && tokens.first(first) != '’'
            || text.has(first, DETERMINER)) {
          if (at >= floor && text.has(at, DETERMINER)) {
            first = at--; // all the, both the
          }
          if (!continuesLeft(at, floor)) {
            break;
          }
        }
        continue;
      }
      if (text.isNounLike(at) && !text.isFinite(at) || isPluralOwner(at, floor, first)) {
        first = at--;
        continue;
      }
      if (first < limit && continuesLeft(at, floor)) {
        at--;
        continue;
      }
      break;
    }
    return first < limit ? new Range(first, limit) : null;
  }

  /** Returns whether the token is the mark in "Fishers’ Union" or "the miners’ union". */
  private boolean isPluralOwner(int at, int floor, int first) {
    return first == at + 1
        && at > floor
        && (text.is(at, '’') || text.is(at, '\''))
        && !tokens.spaceBefore(at)
        && tokens.spaceBefore(first)
        && tokens.last(at - 1) == 's'
        && (text.isName(at - 1) && text.isName(first)
            || text.isNounLike(at - 1) && text.isNounLike(first) && !closesQuote(at));
  }

  private boolean closesQuote(int at) {
    Quote quote = text.quoteAt(at);
    return quote != null && quote.limit() == at + 1;
  }

  /** Returns whether the token is the year in "In 2017 Moor said". */
  private boolean isYear(int at, int floor) {
    return tokens.is(at, Type.NUMBER) && at > floor && tokens.is(at - 1, "in");
  }

  private boolean isPronoun(int token) {
    return text.has(token, SUBJECT) || text.is(token, "who", "which", "that");
  }

  /** Returns whether a preposition or "and" joins what follows to a noun before it. */
  private boolean continuesLeft(int at, int floor) {
    if (at <= floor || !text.isNounLike(at - 1) || text.has(at - 1, TIME)) {
      return false;
    }
    if (tokens.is(at, "of")) {
      return true;
    }
    if (text.has(at, PREPOSITION) && !text.has(at, SUBORDINATOR)) {
      return !verbBefore(at - 1, floor);
    }
    return text.is(at, "and", "&", "or") && !verbBefore(at - 1, floor);
  }

  /** Returns whether the clause up to {@code at} has its verb. */
  private boolean verbBefore(int at, int floor) {
    for (int i = at; i >= floor; i--) {
      if (tokens.is(i, Type.PUNCTUATION)
          || tokens.is(i, Type.QUOTE)
          || tokens.is(i, Type.DASH)
          || text.has(i, THAT | SUBORDINATOR)) {
        return false;
      }
      if (text.isFinite(i) || text.has(i, TO)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Returns the noun phrase that starts at {@code first}, with its post-modifiers and appositions,
   * up to {@code ceiling} at most, or null if none does.
   */
  public Range nounPhraseAfter(int first, int limit) {
    if (first >= limit) {
      return null;
    }
    int ceiling = Math.min(limit, first + LONGEST);
    boolean owner =
        text.has(first, POSSESSIVE) && first + 1 < ceiling && text.isNounLike(first + 1);
    if (text.has(first, SUBJECT | OBJECT) && !owner) {
      return new Range(first, first + 1);
    }
    int at = first;
    boolean head = false;
    while (at < ceiling) {
      if (text.has(at, TIME) && head) {
        break;
      }
      if (text.isNounLike(at) || text.has(at, POSSESSIVE | DETERMINER)) {
        if (head && (text.isFinite(at) || opensAnother(at))) {
          break;
        }
        head = true;
        at++;
      } else if (head && text.is(at, '(')) {
        while (at < ceiling && !text.is(at, ')')) {
          at++;
        }
        at = Math.min(at + 1, ceiling);
      } else if (head
          && (text.has(at, PREPOSITION) || text.is(at, "and", "to"))
          && at + 1 < ceiling
          && !text.has(at + 1, TIME)
          && !isManner(at)
          && (text.isNounLike(at + 1) || text.has(at + 1, DETERMINER | POSSESSIVE))
          && !(text.has(at, CONJUNCTION) && text.isCueForm(at + 1))) {
        at++;
      } else if (head && text.is(at, ',') && isApposition(at + 1, ceiling)) {
        at = appositionEnd(at + 1, ceiling);
      } else if (head && tokens.is(at, "who")) {
        at = appositionEnd(at, ceiling);
      } else {
        break;
      }
    }
    while (at > first && (text.has(at - 1, PREPOSITION | CONJUNCTION) || text.is(at - 1, ','))) {
      at--;
    }
    return head && at > first ? new Range(first, at) : null;
  }

  /** Returns whether a second noun phrase starts right behind a noun: "told the club the game". */
  private boolean opensAnother(int at) {
    return text.has(at, DETERMINER | POSSESSIVE)
        && !text.isPossessive(at)
        && text.isNounLike(at - 1)
        && !text.has(at - 1, DETERMINER | POSSESSIVE);
  }

  /** Returns whether a phrase says how or when: "in a statement", "during the debate". */
  public boolean isManner(int at) {
    if (text.is(at, "during", "after", "before")) {
      return true;
    }
    for (int i = at + 1; i < Math.min(at + 5, tokens.size()); i++) {
      if (text.has(i, TIME | OCCASION)) {
        return true;
      }
      if (!text.isNounLike(i) && !text.has(i, DETERMINER | POSSESSIVE)) {
        return false;
      }
    }
    return false;
  }

  /** Returns the token behind "on Tuesday" or "last week"; {@code at} if no time stands there. */
  public int timeEnd(int at, int ceiling) {
    int i = at;
    while (i < ceiling && text.is(i, "early", "late")) {
      i++;
    }
    if (i < ceiling && text.is(i, "on", "in")) {
      i++;
    }
    boolean near = i < ceiling && text.is(i, "last", "this");
    if (near) {
      i++;
    }
    int first = i;
    while (i < ceiling
        && text.has(i, TIME)
        && (near || i > first || tokens.capitalised(i) || isDayAdverb(i))) {
      i++;
    }
    if (i == first || i < ceiling && text.isPossessive(i)) {
      return at; // "last week’s vote"
    }
    while (i < ceiling && tokens.is(i, Type.NUMBER)) {
      i++;
    }
    return i;
  }

  private boolean isDayAdverb(int token) {
    return text.is(token, "today", "yesterday", "tonight");
  }

  private boolean isApposition(int at, int ceiling) {
    return at < ceiling
        && (text.has(at, DETERMINER)
            || text.is(at, "who", "whose", "of")
            || text.isName(at)
            || tokens.is(at, Type.NUMBER)
            || text.isNounLike(at) && !text.has(at, Lexicon.ING));
  }

  private int appositionEnd(int at, int ceiling) {
    int end = at;
    while (end < ceiling
        && !tokens.is(end, Type.STOP)
        && !tokens.is(end, Type.QUOTE)
        && !tokens.is(end, Type.DASH)
        && !text.is(end, ',')
        && !text.is(end, ':')
        && !text.is(end, ';')) {
      end++;
    }
    return end;
  }

  /** Returns the subject of the finite verb nearest before {@code limit}, or null. */
  public Range lastSubject(int floor, int limit) {
    for (int at = limit - 1; at > floor; at--) {
      if (text.isFinite(at)) {
        int group = verbGroupStart(at, floor);
        Range subject = nounPhraseBefore(group, floor);
        if (subject != null) {
          return subject;
        }
        at = group;
      }
    }
    return null;
  }

  /** Returns the subject of the first finite verb of the stretch, or null. */
  public Range firstSubject(int floor, int ceiling) {
    int limit = Math.min(ceiling, floor + 40);
    for (int at = floor + 1; at < limit; at++) {
      if (text.isFinite(at)) {
        Range subject = nounPhraseBefore(verbGroupStart(at, floor), floor);
        if (subject != null) {
          return subject;
        }
      }
    }
    return null;
  }
}
