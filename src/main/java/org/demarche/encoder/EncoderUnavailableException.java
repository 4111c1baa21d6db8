package org.demarche.encoder;

/**
 * There is no encoder to be had: its jar is not on the class path, ONNX Runtime does not run on
 * this platform, or a directory holds no model that can be read. The message is one line that says
 * which of these, and what to do.
 */
public final class EncoderUnavailableException extends RuntimeException {

  EncoderUnavailableException(String message) {
    super(message);
  }

  EncoderUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
