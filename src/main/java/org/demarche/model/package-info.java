/**
 * Models of stance: training with Tribuo, the flat linear scorer, storage, model cards. Imports
 * {@code scale}, {@code features} and {@code evaluation}; Tribuo comes in here only.
 */
package org.demarche.model;
