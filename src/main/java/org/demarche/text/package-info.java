/**
 * The article and the places in it: spans, tokens, sentences; and its clean text.
 *
 * <p>Everything found in an article later is given as a {@link org.demarche.text.Span} of its text,
 * never as a copy of the words alone, so that every number can be traced to the characters it came
 * from.
 */
package org.demarche.text;
