/** Models as directories: their weights, their description and their card. */
package org.demarche.model.store;
