/**
 * From the positions of statements to the scores of speakers: exact tallies, shrinkage towards the
 * other speakers, intervals, corrected shares of labels, and change. docs/scores.md explains what
 * the numbers mean.
 */
package org.demarche.score;
