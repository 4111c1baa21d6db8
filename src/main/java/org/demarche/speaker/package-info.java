/**
 * Whom a source credits: names, titles, pronouns and roles resolved inside an article, and one
 * identity for a speaker across articles.
 *
 * <p>{@link org.demarche.speaker.StatementExtractor} is the door: article in, credited statements
 * out. Imports {@code text} and {@code attribution}.
 */
package org.demarche.speaker;
