/**
 * Settings, typed and validated, every fault reported at once. Imports the JDK and Typesafe Config.
 */
package org.demarche.config;
