/**
 * What people look at: the HTML report, the page that compares algorithms, what a terminal shows of
 * scores, and why a statement has its label.
 */
package org.demarche.report;
