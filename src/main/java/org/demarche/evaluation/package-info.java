/**
 * Metrics of classification, calibration and attribution. Imports {@code text}, {@code attribution}
 * and {@code scale}.
 */
package org.demarche.evaluation;
