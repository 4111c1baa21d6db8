package org.demarche.attribution.training;

import org.demarche.language.english.AnnotatedText;

/**
 * An article with one tag for each token.
 *
 * @param tags as ordinals of {@link org.demarche.attribution.learned.Tag}
 */
record TaggedArticle(AnnotatedText text, byte[] tags) {}
