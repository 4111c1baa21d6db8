/** Thin Spark jobs, which alone open a session. */
package org.demarche.job;
