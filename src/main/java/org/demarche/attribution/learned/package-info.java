/**
 * The learned finder of statements, which works beside the rules.
 *
 * <p>A {@link org.demarche.attribution.learned.Tagger tagger} marks the tokens of an article as
 * source, cue or content and knows nothing of the rules. An {@link
 * org.demarche.attribution.learned.Arbiter arbiter} then chooses among the statements of both: what
 * two independent finders agree on is most often right. Both are linear models over hashed
 * features; {@code org.demarche.attribution.training} learns them from annotated articles.
 */
package org.demarche.attribution.learned;
