/**
 * From files to articles: readers of every input format, body and page furniture, datelines,
 * reprints; and the reader of labelled statements.
 *
 * <p>Input is hostile. A record that cannot be read is an {@link org.demarche.ingest.Outcome} like
 * any other, never an exception and never silence.
 */
package org.demarche.ingest;
