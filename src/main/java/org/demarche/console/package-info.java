/**
 * What a person sees on a terminal while a command runs and after it: progress, explanations in\n *
 * colour, and text without what could steer a terminal.
 */
package org.demarche.console;
