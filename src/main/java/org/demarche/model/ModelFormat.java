package org.demarche.model;

import java.util.List;
import java.util.ServiceLoader;
import org.demarche.stance.Scale;

/**
 * How models of one kind are stored and read back. A model of the fast profile has all its numbers
 * in one file, and the name of that file tells the kind.
 *
 * <p>The kinds are found by {@link ServiceLoader}: a new one is a class with a public constructor
 * without parameters, named in {@code META-INF/services/org.demarche.model.ModelFormat}.
 */
public interface ModelFormat {

  /** Returns the name of the file with the model's numbers, such as {@code weights.bin}. */
  String file();

  /**
   * Reads a model.
   *
   * @param bytes the content of {@link #file()}
   * @throws org.demarche.DemarcheException ({@link org.demarche.ExitStatus#MODEL_INCOMPATIBLE}) if
   *     the bytes are no such file, or of another scale
   */
  ScaleModel read(Scale scale, byte[] bytes, ModelMetadata metadata);

  /** Returns all kinds on the class path, in the order in which they are named. */
  static List<ModelFormat> all() {
    return ServiceLoader.load(ModelFormat.class, ModelFormat.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
