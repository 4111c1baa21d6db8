package org.demarche.attribution;

/**
 * A quoted segment of one paragraph: the tokens from the opening mark to the closing one, marks
 * included.
 *
 * @param first the opening mark, or the paragraph's first token if the quotation runs on unmarked
 * @param limit the token after the closing mark, or the paragraph's end if it is missing
 * @param carried whether the paragraph before left the quotation open and it runs on here
 */
record Quote(int first, int limit, boolean carried) {}
