/**
 * What people look at: the HTML report, the page that compares models, the summary on a terminal,
 * and explanations of labels and scores.
 */
package org.demarche.report;
