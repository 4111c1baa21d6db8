/** What people look at: the HTML report, the terminal summary, publishing to databases. */
package org.demarche.report;
