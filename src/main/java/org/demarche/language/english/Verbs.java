package org.demarche.language.english;

import static org.demarche.language.english.AnnotatedText.AUXILIARY;
import static org.demarche.language.english.Lexicon.ADVERB;
import static org.demarche.language.english.Lexicon.BASE;
import static org.demarche.language.english.Lexicon.BE;
import static org.demarche.language.english.Lexicon.CONJUNCTION;
import static org.demarche.language.english.Lexicon.DETERMINER;
import static org.demarche.language.english.Lexicon.DO;
import static org.demarche.language.english.Lexicon.HAVE;
import static org.demarche.language.english.Lexicon.ING;
import static org.demarche.language.english.Lexicon.MODAL;
import static org.demarche.language.english.Lexicon.OBJECT;
import static org.demarche.language.english.Lexicon.PARTICIPLE;
import static org.demarche.language.english.Lexicon.PAST;
import static org.demarche.language.english.Lexicon.PEOPLE;
import static org.demarche.language.english.Lexicon.POSSESSIVE;
import static org.demarche.language.english.Lexicon.PREPOSITION;
import static org.demarche.language.english.Lexicon.PRESENT;
import static org.demarche.language.english.Lexicon.SUBJECT;
import static org.demarche.language.english.Lexicon.SUBORDINATOR;
import static org.demarche.language.english.Lexicon.THAT;
import static org.demarche.language.english.Lexicon.TO;
import static org.demarche.language.english.Lexicon.VERB;
import static org.demarche.language.english.Lexicon.WH;

import org.demarche.text.Tokens.Type;

/** Tells verbs from the nouns and adjectives of the same form, by the words beside them. */
final class Verbs {

  private Verbs() {}

  /** Returns whether the token is a finite verb, judged by its form and the word before it. */
  static boolean isFinite(AnnotatedText text, int token) {
    if (text.has(token, AUXILIARY | VERB)) {
      return true;
    }
    if (!text.tokens().is(token, Type.WORD) || text.isUpper(token)) {
      return false;
    }
    if (text.isCueForm(token)) {
      return text.has(token, PAST | PRESENT | BASE) && isVerbal(text, token);
    }
    return endsInEd(text, token) && token > 0 && followsSubject(text, token);
  }

  private static boolean endsInEd(AnnotatedText text, int token) {
    return isInEd(text, token) && !text.is(token, "united") && !text.is(token, "hundred");
  }

  /** Returns whether a word of four letters or more ends in "ed". */
  static boolean isInEd(AnnotatedText text, int token) {
    int end = text.tokens().end(token);
    return text.length(token) > 3
        && text.tokens().text().charAt(end - 1) == 'd'
        && text.tokens().text().charAt(end - 2) == 'e';
  }

  private static boolean followsSubject(AnnotatedText text, int token) {
    int before = token - 1;
    while (before > 0 && text.has(before, ADVERB)) {
      before--;
    }
    return text.has(before, SUBJECT | WH | CONJUNCTION)
        || text.isNounLike(before) && !text.has(before, DETERMINER | POSSESSIVE)
        || text.is(before, ',')
        || text.is(before, ')');
  }

  /**
   * Returns whether a form that could also be a noun or an adjective is a verb here, judged by its
   * neighbours.
   */
  static boolean isVerbal(AnnotatedText text, int token) {
    int sentence = text.tokens().sentenceStart(text.tokens().sentence(token));
    if (token == sentence) {
      return text.has(token, ING) || text.has(token, PAST) && token + 1 < text.tokens().size();
    }
    if (text.isUpper(token) && !text.isHeadline(token)) {
      return false;
    }
    int before = token - 1;
    while (before > sentence && text.has(before, ADVERB)) {
      before--;
    }
    if (text.isPossessive(before) && isNameInS(text, before, token)) {
      return true; // "Vendory's warned of losses"
    }
    if (text.has(before, DETERMINER | POSSESSIVE) && !text.has(before, SUBJECT | WH)) {
      return text.has(token, PAST)
          && isPronounLike(text, before, sentence)
          && opensComplement(text, token + 1);
    }
    if (text.has(token, ING)) {
      return true;
    }
    if (text.has(before, PREPOSITION) && !text.has(before, TO)) {
      return false;
    }
    if (text.has(token, PAST)) {
      return true;
    }
    if (text.has(before, TO | MODAL | DO | SUBJECT | WH | THAT)) {
      return true;
    }
    if (text.has(before, BE | HAVE)) {
      return text.has(token, PARTICIPLE);
    }
    boolean complement = opensComplement(text, token + 1);
    if (text.has(token, PRESENT)) {
      return text.isName(before) && Character.isLowerCase(text.first(token))
          || text.has(before, PEOPLE)
          || complement && (text.isNounLike(before) || text.is(before, ','));
    }
    boolean plural =
        text.isNounLike(before)
            && (text.tokens().last(before) == 's'
                || text.has(before, PEOPLE)
                || text.tokens().is(before, Type.NUMBER)
                || text.is(before, "percent"));
    return complement && (plural || text.has(before, CONJUNCTION));
  }

  /**
   * Returns whether this 's belongs to a name, "Vendory's": a verb of saying follows, and its
   * complement.
   */
  static boolean isNameInS(AnnotatedText text, int mark, int verb) {
    boolean name =
        verb == mark + 1
            && mark > 0
            && text.length(mark) == 2
            && text.isName(mark - 1)
            && !text.has(mark - 1, Lexicon.GIVEN)
            && !(mark > 1 && text.isName(mark - 2))
            && !text.isQuoted(mark);
    if (!name || !text.isCueForm(verb) || !text.isLower(verb) || !text.has(verb, PAST | PRESENT)) {
      return false;
    }
    int next = verb + 1;
    return text.is(verb, "said", "says")
        || next < text.size()
            && (text.verb(verb).prepositions().stream()
                    .anyMatch(preposition -> text.is(next, preposition))
                || text.has(next, THAT | SUBJECT | TO));
  }

  /**
   * Returns whether "some" or the like stands for people, at the start of a clause: "Some said".
   */
  private static boolean isPronounLike(AnnotatedText text, int token, int sentence) {
    return (token == sentence
            || text.has(token - 1, CONJUNCTION | SUBORDINATOR)
            || text.is(token - 1, ','))
        && text.is(token, "some", "many", "several", "most", "both", "another");
  }

  /** Returns whether a complement of a verb can start with the token. */
  private static boolean opensComplement(AnnotatedText text, int next) {
    return next < text.tokens().size()
        && (text.has(next, THAT | DETERMINER | POSSESSIVE | SUBJECT | WH | TO | OBJECT | ADVERB)
            || text.tokens().is(next, Type.QUOTE)
            || text.tokens().is(next, Type.STOP)
            || text.is(next, ',')
            || text.tokens().capitalised(next)
            || text.tokens().is(next, Type.NUMBER));
  }
}
