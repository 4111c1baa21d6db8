/**
 * What a person sees on a terminal: progress while a command runs, explanations in colour, and text
 * that cannot control the terminal.
 */
package org.demarche.console;
