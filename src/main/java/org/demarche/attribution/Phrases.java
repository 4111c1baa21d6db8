package org.demarche.attribution;

import static org.demarche.attribution.Lexicon.ADVERB;
import static org.demarche.attribution.Lexicon.BE;
import static org.demarche.attribution.Lexicon.CONJUNCTION;
import static org.demarche.attribution.Lexicon.DETERMINER;
import static org.demarche.attribution.Lexicon.DO;
import static org.demarche.attribution.Lexicon.HAVE;
import static org.demarche.attribution.Lexicon.MODAL;
import static org.demarche.attribution.Lexicon.OBJECT;
import static org.demarche.attribution.Lexicon.OCCASION;
import static org.demarche.attribution.Lexicon.POSSESSIVE;
import static org.demarche.attribution.Lexicon.PREPOSITION;
import static org.demarche.attribution.Lexicon.SUBJECT;
import static org.demarche.attribution.Lexicon.SUBORDINATOR;
import static org.demarche.attribution.Lexicon.THAT;
import static org.demarche.attribution.Lexicon.TIME;
import static org.demarche.attribution.Lexicon.TO;
import static org.demarche.attribution.Lexicon.WH;

import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/** Where noun phrases and verb groups begin and end, as far as the words' classes tell. */
final class Phrases {

  private static final int VERB_GROUP = BE | HAVE | DO | MODAL | ADVERB;

  /** A noun phrase is followed for so many tokens at most. */
  private static final int LONGEST = 80;

  private final AnnotatedText reading;
  private final Tokens tokens;

  Phrases(AnnotatedText reading) {
    this.reading = reading;
    this.tokens = reading.tokens();
  }

  /** Returns the first token of the verb group that ends with the verb: {@code had also} said. */
  int verbGroupStart(int verb, int floor) {
    int first = verb;
    while (first > floor && reading.has(first - 1, VERB_GROUP) && !isMarkedOff(first - 1)) {
      first--;
    }
    return first;
  }

  private boolean isMarkedOff(int token) {
    return reading.has(token, TIME);
  }

  /**
   * Returns the noun phrase that ends before {@code limit}, its appositions included, or null. An
   * insertion between commas before {@code limit} belongs to it: {@code Moor, the mayor, said}.
   */
  Range nounPhraseBefore(int limit, int sentence) {
    int floor = Math.max(sentence, limit - LONGEST);
    int end = beforeTime(limit, floor);
    if (end > floor && reading.is(end - 1, ',')) {
      Range opening = floor == sentence ? openingPhrase(floor, end - 1) : null;
      if (opening != null) {
        return opening;
      }
      int comma = end - 2;
      int lowest = Math.max(floor, end - 40);
      while (comma > lowest && !reading.is(comma, ',')) {
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
    return core(end, floor);
  }

  /** Steps back over "on Friday" or "Thursday" between subject and verb. */
  private int beforeTime(int limit, int floor) {
    int at = limit;
    while (at > floor + 1
        && reading.has(at - 1, TIME)
        && !reading.has(at - 1, DETERMINER | POSSESSIVE)) {
      at--;
    }
    if (at == limit) {
      return limit;
    }
    while (at > floor + 1
        && (tokens.is(at - 1, "on")
            || tokens.is(at - 1, "in")
            || tokens.is(at - 1, "this")
            || tokens.is(at - 1, "last")
            || reading.has(at - 1, ADVERB))) {
      at--;
    }
    boolean subject =
        reading.isNounLike(at - 1) || reading.is(at - 1, ',') || reading.has(at - 1, SUBJECT);
    return subject ? at : limit;
  }

  /**
   * The noun phrase that opens the sentence and is all of it up to a comma: "Moor, who …, said".
   */
  private Range openingPhrase(int floor, int lastComma) {
    for (int comma = floor + 1; comma < lastComma && comma < floor + 16; comma++) {
      if (reading.is(comma, ',')) {
        Range core = core(comma, floor);
        boolean whole =
            core != null
                && (core.first() == floor
                    || core.first() == floor + 1 && reading.has(floor, CONJUNCTION | ADVERB));
        return whole && !isAdjunctOnly(core) ? new Range(core.first(), lastComma) : null;
      }
      if (reading.isFinite(comma) || tokens.is(comma, Type.QUOTE)) {
        return null;
      }
    }
    return null;
  }

  private boolean isAdjunctOnly(Range core) {
    return reading.has(core.limit() - 1, TIME);
  }

  private Range core(int limit, int floor) {
    int first = limit;
    int at = limit - 1;
    while (at >= floor) {
      if (reading.is(at, ')')) {
        int open = at;
        while (open > floor && !reading.is(open, '(')) {
          open--;
        }
        at = open - 1;
        continue;
      }
      if (first == limit && reading.has(at, SUBJECT | WH | THAT | OBJECT)) {
        return isPronoun(at) ? new Range(at, limit) : null;
      }
      if (first < limit && (reading.has(at, TIME) || isYear(at, floor))) {
        break;
      }
      if (reading.is(at, '$')
          || reading.has(at, DETERMINER | POSSESSIVE) && !reading.has(at, THAT)) {
        first = at--;
        if (reading.has(first, POSSESSIVE)
                && tokens.first(first) != '\''
                && tokens.first(first) != '’'
            || reading.has(first, DETERMINER)) {
          if (at >= floor && reading.has(at, DETERMINER)) {
            first = at--; // all the, both the
          }
          if (!continuesLeft(at, floor)) {
            break;
          }
        }
        continue;
      }
      if (reading.isNounLike(at) && !isVerbOfAnother(at) || isPluralOwner(at, floor, first)) {
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

  /** The mark in "Fishers’ Union", between two words of a name. */
  private boolean isPluralOwner(int at, int floor, int first) {
    return first == at + 1
        && at > floor
        && (reading.is(at, '’') || reading.is(at, '\''))
        && !tokens.spaceBefore(at)
        && tokens.spaceBefore(first)
        && tokens.last(at - 1) == 's'
        && reading.isName(at - 1)
        && reading.isName(first);
  }

  /** "In 2017 Moor said". */
  private boolean isYear(int at, int floor) {
    return tokens.is(at, Type.NUMBER) && at > floor && tokens.is(at - 1, "in");
  }

  private boolean isPronoun(int token) {
    return reading.has(token, SUBJECT)
        || tokens.is(token, "who")
        || tokens.is(token, "which")
        || tokens.is(token, "that");
  }

  /** Whether {@code at} is a preposition or "and" that ties what follows to a noun before it. */
  private boolean continuesLeft(int at, int floor) {
    if (at <= floor || !reading.isNounLike(at - 1) || reading.has(at - 1, TIME)) {
      return false;
    }
    if (tokens.is(at, "of")) {
      return true;
    }
    if (reading.has(at, PREPOSITION) && !reading.has(at, SUBORDINATOR)) {
      return !verbBefore(at - 1, floor);
    }
    return (tokens.is(at, "and") || tokens.is(at, "&") || tokens.is(at, "or"))
        && !verbBefore(at - 1, floor);
  }

  /** Whether the clause to the left of {@code at} already has its verb. */
  private boolean verbBefore(int at, int floor) {
    for (int i = at; i >= floor; i--) {
      if (tokens.is(i, Type.PUNCTUATION)
          || tokens.is(i, Type.QUOTE)
          || tokens.is(i, Type.DASH)
          || reading.has(i, THAT | SUBORDINATOR)) {
        return false;
      }
      if (reading.isFinite(i) || reading.has(i, TO)) {
        return true;
      }
    }
    return false;
  }

  private boolean isVerbOfAnother(int token) {
    return reading.isFinite(token);
  }

  /**
   * Returns the noun phrase that starts at {@code first}, with its post-modifiers and appositions,
   * up to {@code ceiling} at most, or null if none does.
   */
  Range nounPhraseAfter(int first, int limit) {
    if (first >= limit) {
      return null;
    }
    int ceiling = Math.min(limit, first + LONGEST);
    boolean owner =
        reading.has(first, POSSESSIVE) && first + 1 < ceiling && reading.isNounLike(first + 1);
    if (reading.has(first, SUBJECT | OBJECT) && !owner) {
      return new Range(first, first + 1);
    }
    int at = first;
    boolean head = false;
    while (at < ceiling) {
      if (reading.has(at, TIME) && head) {
        break;
      }
      if (reading.isNounLike(at) || reading.has(at, POSSESSIVE | DETERMINER)) {
        if (head && reading.isFinite(at)) {
          break;
        }
        head = true;
        at++;
      } else if (head && reading.is(at, '(')) {
        while (at < ceiling && !reading.is(at, ')')) {
          at++;
        }
        at = Math.min(at + 1, ceiling);
      } else if (head
          && (reading.has(at, PREPOSITION) || tokens.is(at, "and") || tokens.is(at, "to"))
          && at + 1 < ceiling
          && !reading.has(at + 1, TIME)
          && !isManner(at)
          && (reading.isNounLike(at + 1) || reading.has(at + 1, DETERMINER | POSSESSIVE))
          && !(reading.has(at, CONJUNCTION) && reading.isCueForm(at + 1))) {
        at++;
      } else if (head && reading.is(at, ',') && isApposition(at + 1, ceiling)) {
        at = appositionEnd(at + 1, ceiling);
      } else if (head && tokens.is(at, "who")) {
        at = appositionEnd(at, ceiling);
      } else {
        break;
      }
    }
    while (at > first
        && (reading.has(at - 1, PREPOSITION | CONJUNCTION) || reading.is(at - 1, ','))) {
      at--;
    }
    return head && at > first ? new Range(first, at) : null;
  }

  /** "in a statement", "on Tuesday", "during the debate": how and when, not who. */
  boolean isManner(int at) {
    if (tokens.is(at, "during") || tokens.is(at, "after") || tokens.is(at, "before")) {
      return true;
    }
    for (int i = at + 1; i < Math.min(at + 5, tokens.size()); i++) {
      if (reading.has(i, TIME | OCCASION)) {
        return true;
      }
      if (!reading.isNounLike(i) && !reading.has(i, DETERMINER | POSSESSIVE)) {
        return false;
      }
    }
    return false;
  }

  /** Returns the token behind "on Tuesday", "late on May 6", "last week" at {@code at}, or it. */
  int timeEnd(int at, int ceiling) {
    int i = at;
    while (i < ceiling && (tokens.is(i, "early") || tokens.is(i, "late"))) {
      i++;
    }
    if (i < ceiling && (tokens.is(i, "on") || tokens.is(i, "in"))) {
      i++;
    }
    boolean near = i < ceiling && (tokens.is(i, "last") || tokens.is(i, "this"));
    if (near) {
      i++;
    }
    int first = i;
    while (i < ceiling
        && reading.has(i, TIME)
        && (near || i > first || tokens.capitalised(i) || isDayAdverb(i))) {
      i++;
    }
    if (i == first || i < ceiling && reading.has(i, POSSESSIVE)) {
      return at;
    }
    while (i < ceiling && tokens.is(i, Type.NUMBER)) {
      i++;
    }
    return i;
  }

  private boolean isDayAdverb(int token) {
    return tokens.is(token, "today")
        || tokens.is(token, "yesterday")
        || tokens.is(token, "tonight");
  }

  private boolean isApposition(int at, int ceiling) {
    return at < ceiling
        && (reading.has(at, DETERMINER)
            || tokens.is(at, "who")
            || tokens.is(at, "whose")
            || tokens.is(at, "of")
            || reading.isName(at)
            || tokens.is(at, Type.NUMBER)
            || reading.isNounLike(at) && !reading.hasForm(at, Lexicon.ING));
  }

  private int appositionEnd(int at, int ceiling) {
    int end = at;
    while (end < ceiling
        && !tokens.is(end, Type.STOP)
        && !tokens.is(end, Type.QUOTE)
        && !tokens.is(end, Type.DASH)
        && !reading.is(end, ',')
        && !reading.is(end, ':')
        && !reading.is(end, ';')) {
      end++;
    }
    return end;
  }

  /** Returns the subject of the finite verb nearest before {@code limit}, or null. */
  Range lastSubject(int floor, int limit) {
    for (int at = limit - 1; at > floor; at--) {
      if (reading.isFinite(at)) {
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
  Range firstSubject(int floor, int ceiling) {
    int limit = Math.min(ceiling, floor + 40);
    for (int at = floor + 1; at < limit; at++) {
      if (reading.isFinite(at)) {
        Range subject = nounPhraseBefore(verbGroupStart(at, floor), floor);
        if (subject != null) {
          return subject;
        }
      }
    }
    return null;
  }
}
