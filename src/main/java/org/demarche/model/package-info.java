/**
 * Models that read a passage and say how probable each label of a scale is: the flat table and the
 * encoder that answer, and adjustment to other shares of labels. How they come to be is the room
 * {@code training}; {@code model.calibration} makes their scores probabilities, {@code model.store}
 * keeps them as directories.
 */
package org.demarche.model;
