package org.demarche.encoder;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Runs a model with ONNX Runtime, one text at a time. Thread-safe. */
final class OnnxSession {

  private static final Set<String> KNOWN_INPUTS =
      Set.of("input_ids", "attention_mask", "token_type_ids");

  private final OrtEnvironment environment;
  private final OrtSession session;

  /** Names of the outputs of layers, lower layers first. */
  private final Set<String> outputs;

  /** Runs share the read lock; closing takes the write lock, so that no run loses its memory. */
  private final ReadWriteLock open = new ReentrantReadWriteLock();

  private boolean closed;

  /**
   * @param model the bytes of the model, with the inner outputs among its outputs
   * @param inner names of inner outputs to read before the model's first output
   * @throws IllegalArgumentException if ONNX Runtime cannot use the model
   */
  OnnxSession(byte[] model, List<String> inner) {
    this.environment = OnnxLibraries.environment();
    try (SessionOptions options = new SessionOptions()) {
      environment.setTelemetry(false);
      // Spark's tasks are the threads. One thread for each run also keeps the order of sums fixed.
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(SessionOptions.ExecutionMode.SEQUENTIAL);
      options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
      this.session = environment.createSession(model, options);
    } catch (OrtException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (!KNOWN_INPUTS.containsAll(session.getInputNames())) {
      throw new IllegalArgumentException(
          "it needs the inputs %s, not those of a BERT model".formatted(session.getInputNames()));
    }
    this.outputs = new LinkedHashSet<>(inner);
    outputs.add(session.getOutputNames().iterator().next());
  }

  /**
   * Runs one text through the model. Several texts together would influence each other's numbers,
   * because an int8 model scales its whole input.
   *
   * @param ids the word pieces
   * @return for each layer, lower layers first, the vectors of the pieces one after the other
   * @throws IllegalStateException if the model fails, or was closed at the end of the JVM
   */
  float[][] run(long[] ids) {
    open.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("The encoder is closed: this JVM is ending");
      }
      return runOpen(ids);
    } catch (OrtException e) {
      throw new IllegalStateException("The encoder failed: " + e.getMessage(), e);
    } finally {
      open.readLock().unlock();
    }
  }

  private float[][] runOpen(long[] ids) throws OrtException {
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    try (OnnxTensor pieces = tensor(ids);
        OnnxTensor mask = tensor(ones);
        OnnxTensor types = tensor(new long[ids.length])) {
      Map<String, OnnxTensor> inputs =
          new HashMap<>(
              Map.of("input_ids", pieces, "attention_mask", mask, "token_type_ids", types));
      inputs.keySet().retainAll(session.getInputNames());
      try (OrtSession.Result result = session.run(inputs, outputs)) {
        float[][] layers = new float[outputs.size()][];
        for (int i = 0; i < layers.length; i++) {
          layers[i] = vectors(result.get(i), ids.length);
          if (layers[i].length != layers[0].length) {
            throw new IllegalStateException(
                "Its layers differ in width: %,d and %,d numbers per word piece"
                    .formatted(layers[0].length / ids.length, layers[i].length / ids.length));
          }
        }
        return layers;
      }
    }
  }

  private OnnxTensor tensor(long[] numbers) throws OrtException {
    return OnnxTensor.createTensor(
        environment, LongBuffer.wrap(numbers), new long[] {1, numbers.length});
  }

  private static float[] vectors(OnnxValue value, int pieces) throws OrtException {
    if (!(value instanceof OnnxTensor tensor)) {
      throw new IllegalStateException(
          "The model gives a %s, not numbers".formatted(value.getType()));
    }
    long[] shape = tensor.getInfo().getShape();
    FloatBuffer numbers = tensor.getFloatBuffer();
    if (shape.length != 3 || shape[0] != 1 || shape[1] != pieces || numbers == null) {
      throw new IllegalStateException(
          "The model gives %s, not a vector per word piece".formatted(Arrays.toString(shape)));
    }
    float[] vectors = new float[numbers.remaining()];
    numbers.get(vectors);
    return vectors;
  }

  /** Waits for running texts and frees the native memory; later runs fail. */
  void close() {
    open.writeLock().lock();
    try {
      closed = true;
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("Cannot close the encoder: " + e.getMessage(), e);
    } finally {
      open.writeLock().unlock();
    }
  }
}
