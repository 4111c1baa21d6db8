/**
 * What every room may know: how a command ends, and the one exception that says so. The rooms
 * themselves are the packages below.
 */
package org.demarche;
