package org.demarche.ingest;

import java.time.Instant;
import org.demarche.text.Span;

/**
 * What {@link BodyFinder} finds in a text.
 *
 * @param body the article; the rest is page furniture
 * @param title the headline that stands above the body, or null
 * @param dateline the place the report was filed from, as printed, or null
 * @param author the byline printed in the text, or null
 * @param publishedAt the date line printed above the body, or null
 */
record Page(Span body, String title, String dateline, String author, Instant publishedAt) {}
