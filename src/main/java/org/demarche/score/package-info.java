/**
 * From positions to scores: tallies, shrinkage, intervals, adjusted shares, change. Imports {@code
 * scale}.
 */
package org.demarche.score;
