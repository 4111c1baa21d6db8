/**
 * What people look at: the HTML report, the page of a comparison, what a terminal shows, publishing
 * to databases.
 */
package org.demarche.report;
