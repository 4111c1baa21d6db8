/**
 * Thin Spark jobs, which alone open a session: ingest, extract, score, aggregate, and what trains
 * and judges models on tables.
 *
 * <p>A job reads tables, calls plain functions of the rooms below, and writes tables. It holds no
 * static state and captures in its lambdas only the values it names.
 */
package org.demarche.job;
