/**
 * The terms of a measurement: scales with labels and values, targets, the passages that models
 * read, labelled statements, and distributions over labels.
 */
package org.demarche.stance;
