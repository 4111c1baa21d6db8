/**
 * Makes models: the trainers of each library, distillation from an encoder, comparison of
 * algorithms on the same folds, suggestion of statements to label, and adaptation to a collection.
 * Only this room uses Tribuo.
 */
package org.demarche.training;
