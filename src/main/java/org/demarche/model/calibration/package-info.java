/** Turns the scores of a model into probabilities that can be trusted. */
package org.demarche.model.calibration;
