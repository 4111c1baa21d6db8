/**
 * The tables of the warehouse, one class per table with its columns and their comments, and the
 * warehouse itself with staging, commit and lock. Each small file beside the tables is a type too.
 *
 * <p>Columns are flat. Text is STRING, days are DATE, instants are TIMESTAMP in UTC microseconds.
 * Ids are hashes of content, never row numbers, so the same input has the same ids on any cluster.
 */
package org.demarche.warehouse;
