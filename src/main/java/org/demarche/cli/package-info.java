/**
 * The commands that a user or a scheduler types. Every command reads its options, calls one job and
 * prints the result.
 *
 * <p>Exit status: 0 done, 1 unexpected failure, 2 usage or configuration, 3 input missing or empty,
 * 4 a data-quality gate failed, 5 model incompatible, 6 output conflict.
 */
package org.demarche.cli;
