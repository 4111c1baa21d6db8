/**
 * Tables for other programs: export to JSON lines and CSV, a DuckDB file, a PostgreSQL database.
 */
package org.demarche.publish;
