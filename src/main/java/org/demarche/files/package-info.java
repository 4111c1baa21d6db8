/**
 * Single files that a command reads or writes: small texts from any file system, and output files
 * that replace an old one only when they are complete.
 */
package org.demarche.files;
