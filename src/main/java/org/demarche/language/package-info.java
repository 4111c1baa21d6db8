/**
 * The languages that statements can be found in, and what each of them brings.
 *
 * <p>{@link org.demarche.language.Language} lists them. Each has a package of its own below this
 * one, with its words and its rules.
 *
 * <p>Imports {@code text}.
 */
package org.demarche.language;
