/**
 * Finds whom the source of a statement means, by the names, titles, pronouns and roles in its
 * article, and gives a speaker one id in all articles.
 *
 * <p>An entity is what an article names, a credit is whom a source means. Start at {@link
 * org.demarche.speaker.StatementExtractor}. Imports {@code text}, {@code stance}, {@code language}
 * and {@code attribution}.
 */
package org.demarche.speaker;
