/**
 * Single files that a command reads or writes: small texts from any file system, and output files\n
 * * that are there whole or not at all.
 */
package org.demarche.files;
