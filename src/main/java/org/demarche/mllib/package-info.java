/** MLlib trainers: labelled statements in, plain linear model out. */
package org.demarche.mllib;
