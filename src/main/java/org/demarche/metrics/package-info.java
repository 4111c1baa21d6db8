/**
 * What monitoring wants to know of a run: its manifest for the textfile collector of Prometheus,
 * and as events of OpenLineage.
 */
package org.demarche.metrics;
