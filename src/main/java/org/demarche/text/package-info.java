/**
 * The article and the places in it: spans, tokens, sentences.
 *
 * <p>Everything downstream points back here. A span is an address in {@link
 * org.demarche.text.Article#text()}, counted in UTF-16 code units, never a copy of the words alone,
 * so that every number can be traced to the characters it came from.
 *
 * <p>Imports the JDK only.
 */
package org.demarche.text;
