/**
 * Who said what, inside one article: statements with the places of their content, cue and source.
 *
 * <p>Whom a source credits is the business of {@code org.demarche.speaker}. Imports {@code text}.
 */
package org.demarche.attribution;
