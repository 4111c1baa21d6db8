/**
 * How models come to be: the trainers of each library, distillation from an encoder, comparison of
 * algorithms on the same folds, suggestion of statements to label, adaptation to a collection, and
 * the commands for these. Tribuo comes in here only.
 */
package org.demarche.training;
