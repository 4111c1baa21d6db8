package org.demarche.encoder;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Loads the native libraries of ONNX Runtime from its jar. ONNX Runtime could do so itself, but
 * then each JVM would leave an empty directory behind.
 */
final class OnnxLibraries {

  /** The property with the directory of the libraries; if the user sets it, it is respected. */
  private static final String PATH = "onnxruntime.native.path";

  private static OrtEnvironment environment;

  private OnnxLibraries() {}

  /**
   * Returns the one environment of this JVM.
   *
   * @throws LinkageError if there is no library for this platform, or it does not load
   * @throws UncheckedIOException if there is no room for the libraries in java.io.tmpdir
   */
  static synchronized OrtEnvironment environment() {
    if (environment == null) {
      environment = System.getProperty(PATH) == null ? unpacked() : OrtEnvironment.getEnvironment();
    }
    return environment;
  }

  private static OrtEnvironment unpacked() {
    System.setProperty(PATH, unpack().toString());
    try {
      return OrtEnvironment.getEnvironment();
    } finally {
      // It is read only once. Another ONNX Runtime in this JVM must not use our libraries.
      System.clearProperty(PATH);
    }
  }

  private static Path unpack() {
    try {
      Path directory = Files.createTempDirectory("demarche-onnxruntime");
      // Files are deleted in reverse order, so the directory is empty when its turn comes.
      directory.toFile().deleteOnExit();
      for (String name : List.of("onnxruntime", "onnxruntime4j_jni")) {
        String file = System.mapLibraryName(name);
        String resource = "/ai/onnxruntime/native/" + platform() + "/" + file;
        try (InputStream in = OnnxLibraries.class.getResourceAsStream(resource)) {
          if (in == null) {
            throw new UnsatisfiedLinkError("There is no " + resource);
          }
          Path library = directory.resolve(file);
          library.toFile().deleteOnExit();
          Files.copy(in, library);
        }
      }
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException("ONNX Runtime cannot be unpacked", e);
    }
  }

  /** Returns the platform as ONNX Runtime names it, such as {@code linux-x64}. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String processor = System.getProperty("os.arch");
    return (system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux")
        + "-"
        + (processor.equals("amd64") || processor.equals("x86_64") ? "x64" : processor);
  }
}
