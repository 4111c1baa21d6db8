/** Saves models as directories with their weights, description and card, and loads them. */
package org.demarche.model.store;
