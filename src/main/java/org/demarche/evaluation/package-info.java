/** Metrics of classification and calibration, folds, and the comparison of models. */
package org.demarche.evaluation;
