/**
 * Models that read a passage and say how probable each label of a scale is. {@code training} makes
 * them, {@code model.calibration} turns their scores into probabilities, and {@code model.store}
 * keeps them as directories.
 */
package org.demarche.model;
