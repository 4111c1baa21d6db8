/**
 * Statement to sparse vector; the same code in training and in scoring. Imports {@code text} and
 * {@code scale}.
 */
package org.demarche.features;
