/**
 * Gives tables to other programs: as JSON lines or CSV, in a DuckDB file, or in a PostgreSQL
 * database.
 */
package org.demarche.publish;
