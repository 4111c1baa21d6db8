/** Trainers that learn linear models with Spark MLlib. */
package org.demarche.mllib;
