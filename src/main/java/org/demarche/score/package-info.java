/**
 * From positions to scores: tallies that add up exactly, shrinkage towards the other speakers,
 * intervals, shares of labels adjusted for the model's confusions, change. What the numbers mean is
 * in docs/scores.md. Imports {@code scale}.
 */
package org.demarche.score;
