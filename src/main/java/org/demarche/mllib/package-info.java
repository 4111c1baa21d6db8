/**
 * MLlib trainers: labelled statements in, plain linear model out. Imports {@code scale}, {@code
 * features}, {@code model} and Spark.
 */
package org.demarche.mllib;
