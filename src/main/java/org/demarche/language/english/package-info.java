/**
 * Reads an English article once; the finders of statements and of speakers share the result.
 *
 * <p>{@link org.demarche.language.english.AnnotatedText} holds the tokens of an article with what
 * is known of each; the rules of {@code attribution} and {@code speaker} ask it. The lists of words
 * lie beside the classes as text files. Imports {@code text}.
 */
package org.demarche.language.english;
