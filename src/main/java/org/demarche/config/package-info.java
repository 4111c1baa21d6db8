/**
 * Reads HOCON into typed and validated {@link org.demarche.config.Settings}, and reports all faults
 * at once with their places. {@code reference.conf} documents every key.
 */
package org.demarche.config;
