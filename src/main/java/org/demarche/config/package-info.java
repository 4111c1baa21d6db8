/**
 * Settings: HOCON in, one typed and validated {@link org.demarche.config.Settings} out, every fault
 * reported at once with its place.
 *
 * <p>{@code reference.conf} documents every key. Imports {@code scale} and Typesafe Config.
 */
package org.demarche.config;
