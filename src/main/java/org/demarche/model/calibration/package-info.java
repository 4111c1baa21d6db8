/** From the scores of a model to probabilities that can be trusted. */
package org.demarche.model.calibration;
