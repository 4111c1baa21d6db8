/**
 * Models of stance: the flat table and the encoder that answer, their training (from labels, from a
 * teacher), calibration, storage, model cards. Imports {@code text}, {@code scale}, {@code
 * features}, {@code encoder} and {@code evaluation}; Tribuo comes in here only.
 */
package org.demarche.model;
