package org.demarche.model;

import java.util.List;
import java.util.ServiceLoader;
import org.demarche.stance.Scale;

/**
 * Reads stored models of one kind. A fast model keeps all its numbers in one file, whose name
 * identifies the kind.
 *
 * <p>{@link ServiceLoader} finds the kinds. To add one, write a class with a public constructor
 * without parameters and name it in {@code META-INF/services/org.demarche.model.ModelFormat}.
 */
public interface ModelFormat {

  /** Returns the name of the file with the model's numbers, such as {@code weights.bin}. */
  String file();

  /**
   * Reads a model.
   *
   * @param bytes the content of {@link #file()}
   * @throws org.demarche.DemarcheException ({@link org.demarche.ExitStatus#MODEL_INCOMPATIBLE}) if
   *     the bytes are not such a file, or belong to another scale
   */
  ScaleModel read(Scale scale, byte[] bytes, ModelMetadata metadata);

  /** Returns all kinds on the class path, in the order of their registration. */
  static List<ModelFormat> all() {
    return ServiceLoader.load(ModelFormat.class, ModelFormat.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
