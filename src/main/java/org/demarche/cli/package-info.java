/** Commands and exit status. */
package org.demarche.cli;
