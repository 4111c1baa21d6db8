/**
 * Turns a passage into a sparse vector of hashed features, with the same code in training and in
 * scoring.
 */
package org.demarche.features;
