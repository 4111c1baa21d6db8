/**
 * From files to articles: readers of every input format, body and page furniture, datelines,
 * reprints; and the reader of labelled statements.
 *
 * <p>Input may be damaged or hostile. A record that cannot be read is an {@link
 * org.demarche.ingest.Outcome} like any other; it is neither thrown nor dropped.
 */
package org.demarche.ingest;
