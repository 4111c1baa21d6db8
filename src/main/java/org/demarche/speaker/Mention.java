package org.demarche.speaker;

import org.demarche.language.english.AnnotatedText;

/**
 * A place in the article where a name stands, in words of {@link AnnotatedText}; ends are
 * exclusive.
 *
 * @param from first word of the name, without titles and roles
 * @param to the word after the name
 * @param outerFrom first word of the titles, roles and modifiers written with capitals before the
 *     name; {@code from} when there are none
 * @param form what the words look like
 * @param gender the gender that a title or a role tells
 */
record Mention(int from, int to, int outerFrom, Form form, Gender gender) {

  /** What the words alone tell about the kind of the name. */
  enum Form {
    /** A title, a role or a given name says that this is a person. */
    PERSON,
    ORGANIZATION,
    PLACE,
    /** Two or more words that can be a person as well as anything else. */
    NAME,
    /** One word with a capital: a surname, a short form, or not a name. */
    SINGLE
  }

  /** Returns the number of words of the name. */
  int size() {
    return to - from;
  }

  boolean isBody() {
    return form == Form.ORGANIZATION || form == Form.PLACE;
  }

  /** Returns whether these are two or more words, or words with a title, that can name a person. */
  boolean canBePerson() {
    return form == Form.PERSON || form == Form.NAME;
  }
}
