package org.demarche.language.english;

/**
 * A quotation within one paragraph, its marks included.
 *
 * @param first the opening mark, or the first token of the paragraph if the quotation runs on
 *     unmarked
 * @param limit the token after the closing mark, or the end of the paragraph if that mark is
 *     missing
 * @param carried whether it continues a quotation that the paragraph before left open
 */
public record Quote(int first, int limit, boolean carried) {}
