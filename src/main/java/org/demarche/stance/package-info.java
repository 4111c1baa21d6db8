/**
 * What a stance is measured on and about: scales with labels and values, targets, labelled
 * statements, distributions over labels.
 *
 * <p>Imports the JDK only.
 */
package org.demarche.stance;
