package org.demarche.language.english;

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
import static org.demarche.language.english.Lexicon.PAST;
import static org.demarche.language.english.Lexicon.PEOPLE;
import static org.demarche.language.english.Lexicon.POSSESSIVE;
import static org.demarche.language.english.Lexicon.PREPOSITION;
import static org.demarche.language.english.Lexicon.PRESENT;
import static org.demarche.language.english.Lexicon.SUBJECT;
import static org.demarche.language.english.Lexicon.SUBORDINATOR;
import static org.demarche.language.english.Lexicon.THAT;
import static org.demarche.language.english.Lexicon.TIME;
import static org.demarche.language.english.Lexicon.TO;
import static org.demarche.language.english.Lexicon.VERB;
import static org.demarche.language.english.Lexicon.WH;

import org.demarche.text.Tokens;
import org.demarche.text.Tokens.Type;

/**
 * The tokens of an article with what the {@link Lexicon} knows of their words: the classes of each
 * and the form of each cue verb. Rules ask it about a token by its number.
 */
public final class AnnotatedText {

  private static final int AUXILIARY = BE | HAVE | DO | MODAL;

  /** Classes of words that the core of a noun phrase never contains. */
  private static final int CLOSED =
      AUXILIARY
          | SUBORDINATOR
          | THAT
          | WH
          | TO
          | PREPOSITION
          | CONJUNCTION
          | VERB
          | ADVERB
          | SUBJECT
          | OBJECT;

  private final Lexicon lexicon;
  private final Tokens tokens;
  private final int[] classes;
  private final int[] forms;

  public AnnotatedText(Lexicon lexicon, Tokens tokens) {
    this.lexicon = lexicon;
    this.tokens = tokens;
    classes = new int[tokens.size()];
    forms = new int[tokens.size()];
    WordTable words = lexicon.words();
    WordTable verbForms = lexicon.verbForms();
    for (int i = 0; i < classes.length; i++) {
      if (tokens.is(i, Type.WORD)) {
        classes[i] = inContext(i, words.get(tokens, i));
        forms[i] = verbForms.get(tokens, i);
      }
    }
  }

  /** Tells apart May and may, US and us, and the two meanings of 's. */
  private int inContext(int token, int found) {
    int bits = found;
    if (bits == 0) {
      return isAdverbLike(token) ? ADVERB : 0;
    }
    if ((bits & TIME) != 0 && (bits & MODAL) != 0) { // may, May
      bits &= Character.isUpperCase(tokens.first(token)) ? ~MODAL : ~TIME;
    } else if ((bits & OBJECT) != 0
        && tokens.length(token) == 2
        && Character.isUpperCase(tokens.last(token))) { // US, IT
      bits = 0;
    } else if (tokens.is(token, "'s") && token > 0 && (classes[token - 1] & (SUBJECT | WH)) != 0) {
      bits = BE;
    }
    return bits;
  }

  private boolean isAdverbLike(int token) {
    int length = tokens.length(token);
    return length > 4
        && tokens.last(token) == 'y'
        && tokens.text().charAt(tokens.end(token) - 2) == 'l'
        && Character.isLowerCase(tokens.first(token))
        && !tokens.is(token, "family")
        && !tokens.is(token, "reply");
  }

  public Tokens tokens() {
    return tokens;
  }

  /** Returns whether the token's word is in any of the classes given as bits. */
  public boolean has(int token, int bits) {
    return (classes[token] & bits) != 0;
  }

  /** Returns whether the token has the form of a verb that attributes. */
  public boolean isCueForm(int token) {
    return forms[token] != 0;
  }

  /** Returns the verb of which the token is a form. */
  public Lexicon.Verb verb(int token) {
    return lexicon.verb(forms[token]);
  }

  /** Returns whether the token is a verb that attributes, in any of the forms given as bits. */
  public boolean hasForm(int token, int bits) {
    return (Lexicon.form(forms[token]) & bits) != 0;
  }

  public boolean is(int token, char mark) {
    return tokens.length(token) == 1 && tokens.first(token) == mark;
  }

  /**
   * Returns whether the token can be in the core of a noun phrase: name, noun, adjective, number.
   */
  public boolean isNounLike(int token) {
    if (tokens.is(token, Type.NUMBER)) {
      return true;
    }
    return tokens.is(token, Type.WORD) && (classes[token] & CLOSED) == 0;
  }

  public boolean isName(int token) {
    return tokens.capitalised(token) && (classes[token] & (CLOSED | DETERMINER | TIME)) == 0;
  }

  /** Returns whether the token is a finite verb, judged by its form and the word before it. */
  public boolean isFinite(int token) {
    int bits = classes[token];
    if ((bits & (AUXILIARY | VERB)) != 0) {
      return true;
    }
    if (!tokens.is(token, Type.WORD) || Character.isUpperCase(tokens.first(token))) {
      return false;
    }
    if (forms[token] != 0) {
      return hasForm(token, PAST | PRESENT | BASE) && isVerbal(token);
    }
    return endsInEd(token) && token > 0 && followsSubject(token);
  }

  private boolean endsInEd(int token) {
    int end = tokens.end(token);
    return tokens.length(token) > 3
        && tokens.text().charAt(end - 1) == 'd'
        && tokens.text().charAt(end - 2) == 'e'
        && !tokens.is(token, "united")
        && !tokens.is(token, "hundred");
  }

  private boolean followsSubject(int token) {
    int before = token - 1;
    while (before > 0 && has(before, ADVERB)) {
      before--;
    }
    return has(before, SUBJECT | WH | CONJUNCTION)
        || isNounLike(before) && !has(before, DETERMINER | POSSESSIVE)
        || is(before, ',');
  }

  /**
   * Returns whether a form that could also be a noun or an adjective is a verb here, judged by its
   * neighbours.
   */
  public boolean isVerbal(int token) {
    int sentence = tokens.sentenceStart(tokens.sentence(token));
    if (token == sentence) {
      return hasForm(token, ING) || hasForm(token, PAST) && token + 1 < tokens.size();
    }
    if (Character.isUpperCase(tokens.first(token)) && !isHeadline(token)) {
      return false;
    }
    int before = token - 1;
    while (before > sentence && has(before, ADVERB)) {
      before--;
    }
    if (has(before, DETERMINER | POSSESSIVE) && !has(before, SUBJECT | WH)) {
      return false;
    }
    if (hasForm(token, ING)) {
      return true;
    }
    if (has(before, PREPOSITION) && !has(before, TO)) {
      return false;
    }
    if (hasForm(token, PAST)) {
      return true;
    }
    if (has(before, TO | MODAL | DO | SUBJECT | WH | THAT)) {
      return true;
    }
    if (has(before, BE | HAVE)) {
      return hasForm(token, Lexicon.PARTICIPLE);
    }
    int next = token + 1;
    boolean complement =
        next < tokens.size()
            && (has(next, THAT | DETERMINER | POSSESSIVE | SUBJECT | WH | TO | OBJECT | ADVERB)
                || tokens.is(next, Type.QUOTE)
                || tokens.is(next, Type.STOP)
                || is(next, ',')
                || tokens.capitalised(next)
                || tokens.is(next, Type.NUMBER));
    if (hasForm(token, PRESENT)) {
      return isName(before) && Character.isLowerCase(tokens.first(token))
          || has(before, PEOPLE)
          || complement && (isNounLike(before) || is(before, ','));
    }
    boolean plural = isNounLike(before) && (tokens.last(before) == 's' || has(before, PEOPLE));
    return complement && (plural || has(before, CONJUNCTION));
  }

  /** Returns whether the sentence has no stop at its end and capitals on most of its words. */
  private boolean isHeadline(int token) {
    int sentence = tokens.sentence(token);
    int first = tokens.sentenceStart(sentence);
    int limit = tokens.sentenceEnd(sentence);
    if (tokens.is(limit - 1, Type.STOP) || limit - first > 25) {
      return false;
    }
    int capital = 0;
    int words = 0;
    for (int i = first; i < limit; i++) {
      if (tokens.is(i, Type.WORD) && tokens.length(i) > 3) {
        words++;
        capital += Character.isUpperCase(tokens.first(i)) ? 1 : 0;
      }
    }
    return capital * 4 >= words * 3;
  }
}
