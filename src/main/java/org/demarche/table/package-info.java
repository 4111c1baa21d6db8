/**
 * One class a table: schema, column comments, row codec; the warehouse with its staging, commit and
 * manifest.
 */
package org.demarche.table;
