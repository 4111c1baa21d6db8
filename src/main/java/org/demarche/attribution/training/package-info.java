/**
 * Learns the tagger and the arbiter of {@code org.demarche.attribution.learned} from articles whose
 * attributions people have marked. The same articles give the same model, byte for byte.
 */
package org.demarche.attribution.training;
