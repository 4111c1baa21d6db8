/**
 * Finds who said what in one article: statements with the places of their content, cue and source.
 * {@code org.demarche.speaker} then finds whom a source means. Imports {@code text} and {@code
 * language}.
 */
package org.demarche.attribution;
