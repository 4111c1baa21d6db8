/**
 * English.
 *
 * <p>Empty so far. The analysis of an English article will move here from the rooms attribution and
 * speaker, which now read the same article twice: one lexicon, one annotated text, quotations,
 * headlines and noun phrases, with their lists of words.
 */
package org.demarche.language.english;
