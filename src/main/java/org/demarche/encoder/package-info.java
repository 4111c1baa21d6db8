/**
 * A small pretrained sentence encoder: it splits text into word pieces with offsets, runs them
 * through a transformer, and averages the outputs over a text or over the mention of a target.
 *
 * <p>ONNX Runtime and the bundled model are in a separate jar, {@code demarche-encoder.jar}.
 * Without it everything else works, and {@link org.demarche.encoder.Encoder} says what is missing.
 * Only {@code OnnxSession} and {@code OnnxLibraries} use ONNX Runtime.
 */
package org.demarche.encoder;
