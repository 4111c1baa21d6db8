/**
 * A small pretrained sentence encoder: text to word pieces with their offsets, word pieces to the
 * outputs of a transformer's layers, those to one mean per text or per target.
 *
 * <p>ONNX Runtime and the bundled model lie in a jar of their own, {@code demarche-encoder.jar};
 * where it is absent, everything else works and {@link org.demarche.encoder.Encoder} says what is
 * missing. Only {@code OnnxSession} and {@code OnnxLibraries} touch ONNX Runtime.
 *
 * <p>Imports {@code text}, Jackson and ONNX Runtime.
 */
package org.demarche.encoder;
