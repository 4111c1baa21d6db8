/**
 * The stages from raw articles to scores, as thin Spark jobs: ingest, extract, score, aggregate.
 *
 * <p>A stage reads tables, calls plain functions of the rooms above, and writes tables. It holds no
 * static state and captures in its lambdas only the values it names.
 */
package org.demarche.pipeline;
