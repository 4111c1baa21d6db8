/**
 * The stages from raw articles to scores, as thin Spark jobs: ingest, extract, score, aggregate.
 *
 * <p>A stage reads tables, calls plain functions of other rooms, and writes tables. It has no
 * static state, and its lambdas capture only local variables.
 */
package org.demarche.pipeline;
