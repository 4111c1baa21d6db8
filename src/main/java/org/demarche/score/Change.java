package org.demarche.score;

/**
 * The difference between a speaker's score and the speaker's score in the window before.
 *
 * @param difference this score minus the score before
 * @param isSignificant whether the 95 % interval of the difference excludes 0; of speakers who did
 *     not change, up to 2.5 % seem to rise and up to 2.5 % to fall
 */
public record Change(double difference, boolean isSignificant) {}
